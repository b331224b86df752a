using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Small drawings (SVG) in the page, each with its figures in words for who cannot see it.</summary>
internal static class Charts
{
    private const double Width = 340;
    private const double RowHeight = 24;

    /// <summary>A bar for each value, its name above it on the left and its figure at its end.</summary>
    public static Html Bars(string title, IReadOnlyList<(string Name, double? Value)> bars, Func<double?, string> text)
    {
        var largest = Math.Max(bars.Max(bar => bar.Value ?? 0), 1e-9);
        var described = $"{title}: {string.Join(", ", bars.Select(bar => $"{bar.Name} {text(bar.Value)}"))}";
        return $"""
            <svg viewBox="0 0 {Width} {bars.Count * RowHeight}" role="img" aria-label="{described}">
            {bars.Select((bar, row) => Bar(bar.Name, text(bar.Value), Math.Max(bar.Value ?? 0, 0) / largest, row * RowHeight))}</svg>

            """;
    }

    /// <summary>What is left of the model's quality over what was removed; nothing where fewer than two points have a quality.</summary>
    public static Html Pruning(PruningFacts pruning)
    {
        var (name, quality) = Quality(pruning.Curve);
        var points = pruning.Curve.Where(point => quality(point) is not null).OrderBy(point => point.Removed).ToArray();
        if (points.Length < 2)
            return Html.None;

        var (low, high) = (points.Min(point => quality(point)!.Value), points.Max(point => quality(point)!.Value));
        var most = Math.Max(points.Max(point => point.Removed), 1e-9);
        var places = points.Select(point => (Point: point, X: 60 + (point.Removed / most * 250), Y: high > low ? 20 + ((high - quality(point)!.Value) / (high - low) * 110) : 75)).ToArray();
        var text = name == SqnrName ? (Func<double?, string>)Figures.Decibels : Figures.Percent;
        var described = $"{name} over the share removed: {string.Join(", ", points.Select(point => $"{text(quality(point))} at {Figures.Percent(point.Removed)}"))}";
        return $"""
            <svg viewBox="0 0 {Width} 170" role="img" aria-label="{described}">
            <path class="axis" fill="none" d="M60 10V140H330"/>
            <text x="54" y="24" text-anchor="end">{text(high)}</text><text x="54" y="134" text-anchor="end">{(high > low ? text(low) : "")}</text>
            <text x="60" y="156">0 %</text><text x="330" y="156" text-anchor="end">{Figures.Percent(most)} removed</text><text x="68" y="10">{name}</text>
            <polyline class="curve" points="{places.Select(place => Place(place.X, place.Y))}"/>
            {places.Select(place => Dot(place.Point, place.X, place.Y))}</svg>
            <p class="quiet">Filled: shipped. Hollow: refused.</p>

            """;
    }

    private const string SqnrName = "Signal to noise";

    /// <summary>The best evidence that most points have: accuracy, else agreement, else noise.</summary>
    private static (string Name, Func<PruningPoint, double?> Of) Quality(IReadOnlyList<PruningPoint> curve) =>
        curve.Any(point => point.Accuracy is not null) ? ("Accuracy", point => point.Accuracy) :
        curve.Any(point => point.Top1Agreement is not null) ? ("Same top class", point => point.Top1Agreement) :
        (SqnrName, point => point.SqnrDb);

    private static Html Bar(string name, string figure, double share, double top) => $"""
        <text x="104" y="{top + 15}" text-anchor="end">{name}</text><rect class="bar" x="110" y="{top + 4}" width="{share * 170}" height="15" rx="2"/><text x="{116 + (share * 170)}" y="{top + 15}">{figure}</text>

        """;

    private static Html Place(double x, double y) => $"{x},{y} ";

    private static Html Dot(PruningPoint point, double x, double y) => $"""
        <circle class="{(point.Refusal is null ? "point" : "refused")}" cx="{x}" cy="{y}" r="4"/>

        """;
}
