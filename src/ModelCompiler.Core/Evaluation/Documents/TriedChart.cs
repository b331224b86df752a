using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Everything that was tried: quality over size, with the line of those that no other beats in both (the Pareto front).</summary>
internal static class TriedChart
{
    private const double Left = 60, Right = 320, Top = 24, Bottom = 150;

    private const string SqnrName = "Signal to noise";

    /// <summary>Nothing where fewer than two forms can be compared.</summary>
    public static Html Of(IReadOnlyList<FormFacts> tried)
    {
        var (name, quality, text) = Quality(tried);
        var forms = tried.Where(form => form.Bytes is not null && quality(form) is not null).OrderBy(form => form.Bytes).ThenByDescending(quality).ToArray();
        if (forms.Length < 2)
            return Html.None;

        var width = Scale.Of([.. forms.Select(form => (double)form.Bytes!.Value)], Left, Right);
        var height = Scale.Of([.. forms.Select(form => quality(form)!.Value)], Bottom, Top);
        var described = $"{name} over size: {string.Join(", ", forms.Select(form => $"{Name(form)} {text(quality(form))} at {Figures.Bytes(form.Bytes)}"))}";
        return $"""
            <svg viewBox="0 0 340 184" role="img" aria-label="{described}">
            <path class="axis" fill="none" d="M{Left - 8} 10V{Bottom + 8}H332"/>
            <text x="{Left - 12}" y="{Top + 4}" text-anchor="end">{text(height.Highest)}</text><text x="{Left - 12}" y="{Bottom + 4}" text-anchor="end">{(height.IsFlat ? "" : text(height.Lowest))}</text>
            <text x="{Left}" y="{Bottom + 26}">{Figures.Bytes((long)width.Lowest)}</text><text x="332" y="{Bottom + 26}" text-anchor="end">{(width.IsFlat ? "" : Figures.Bytes((long)width.Highest))}</text><text x="{Left}" y="10">{name} over size</text>
            <polyline class="curve" points="{Front(forms, quality).Select(form => Place(width.Of(form.Bytes!.Value), height.Of(quality(form)!.Value)))}"/>
            {forms.Select(form => Dot(form, width.Of(form.Bytes!.Value), height.Of(quality(form)!.Value)))}</svg>
            <p class="quiet">Filled: shipped. Hollow: not. The line joins the forms that no other one beats in both size and quality.</p>

            """;
    }

    /// <summary>Of forms from the smallest to the largest, those that are better than every smaller one.</summary>
    internal static IEnumerable<FormFacts> Front(IEnumerable<FormFacts> bySize, Func<FormFacts, double?> quality)
    {
        var best = double.NegativeInfinity;
        foreach (var form in bySize)
        {
            if (!(quality(form) > best))
                continue;
            best = quality(form)!.Value;
            yield return form;
        }
    }

    /// <summary>The best evidence that every form has: accuracy, else agreement, else noise.</summary>
    private static (string Name, Func<FormFacts, double?> Of, Func<double?, string> Text) Quality(IReadOnlyList<FormFacts> tried) =>
        tried.Count(form => form.Accuracy is not null) > 1 ? ("Accuracy", form => form.Accuracy, Figures.Percent) :
        tried.Count(form => form.Top1Agreement is not null) > 1 ? ("Same top class", form => form.Top1Agreement, Figures.Percent) :
        (SqnrName, form => form.SqnrDb, Figures.Decibels);

    private static string Name(FormFacts form) => (form.Precision ?? "?") + (form.Refusal is null ? " (shipped)" : "");

    private static Html Place(double x, double y) => $"{x},{y} ";

    private static Html Dot(FormFacts form, double x, double y) => $"""
        <circle class="{(form.Refusal is null ? "point" : "refused")}" cx="{x}" cy="{y}" r="4"/><text x="{(x > 250 ? x - 7 : x + 7)}" y="{(y > 130 ? y - 7 : y + 14)}" text-anchor="{(x > 250 ? "end" : "start")}">{form.Precision ?? ""}</text>

        """;
}
