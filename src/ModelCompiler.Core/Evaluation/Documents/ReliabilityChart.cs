using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>A reliability diagram: the share of right answers over their confidence, of both models, beside the diagonal on which they should lie.</summary>
internal static class ReliabilityChart
{
    private const double Left = 60, Right = 330, Top = 16, Bottom = 206;

    public static Html Of(ReliabilityFacts? original, ReliabilityFacts compiled)
    {
        var before = original is null ? [] : Points(original);
        var after = Points(compiled);
        var described = $"Right answers by confidence. Compiled: {Words(after)}.{(before.Length == 0 ? "" : $" Original: {Words(before)}.")}";
        return $"""
            <svg viewBox="0 0 340 240" role="img" aria-label="{described}">
            <path class="axis" fill="none" d="M{Left} {Top}V{Bottom}H{Right}"/><path class="axis" fill="none" stroke-dasharray="1 4" d="M{Left} {Bottom}L{Right} {Top}"/>
            <text x="54" y="20" text-anchor="end">100 %</text><text x="54" y="206" text-anchor="end">0 %</text><text x="68" y="14">right</text>
            <text x="60" y="222">0 %</text><text x="330" y="222" text-anchor="end">100 % confidence</text>
            <polyline class="axis" fill="none" stroke-dasharray="5 3" points="{before.Select(Place)}"/>
            <polyline class="curve" points="{after.Select(Place)}"/>
            {after.Select(Dot)}</svg>
            <p class="quiet">Line with dots: compiled. Dashed: original. Dotted: as sure as right. A larger dot stands for more samples.</p>

            """;
    }

    private static Point[] Points(ReliabilityFacts model)
    {
        var most = Math.Max(1, model.Bins.Max(bin => bin.Samples));
        return [.. model.Bins.Where(bin => bin.Samples > 0).Select(bin => new Point(bin.Confidence ?? 0, bin.Accuracy ?? 0, (double)bin.Samples / most))];
    }

    private static string Words(Point[] points) => string.Join(", ", points.Select(point => $"{Figures.Percent(Math.Round(point.Accuracy, 3))} at {Figures.Percent(Math.Round(point.Confidence, 3))}"));

    private static Html Place(Point point) => $"{X(point)},{Y(point)} ";

    private static Html Dot(Point point) => $"""
        <circle class="point" cx="{X(point)}" cy="{Y(point)}" r="{2 + (3 * Math.Sqrt(point.Share))}"/>

        """;

    private static double X(Point point) => Left + ((Right - Left) * point.Confidence);

    private static double Y(Point point) => Bottom - ((Bottom - Top) * point.Accuracy);

    /// <param name="Confidence">From 0 to 1.</param>
    /// <param name="Accuracy">From 0 to 1.</param>
    /// <param name="Share">Of the samples of the fullest bin.</param>
    private sealed record Point(double Confidence, double Accuracy, double Share);
}
