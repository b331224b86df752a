using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The section about the forms that were measured before one was chosen.</summary>
internal static class HtmlTried
{
    /// <summary>Left out where there was no choice.</summary>
    public static Html Of(CompileReport report) => report.Tried.Count > 1
        ? HtmlParts.Section("tried", "Everything that was tried", $"""
            {TriedChart.Of(report.Tried)}{HtmlParts.Table(
                "Forms that were measured", ["Form", "#Size", "#Accuracy", "#Same top class", "#Signal to noise", "#Speed", "Outcome"], report.Tried.Select(Row))}
            """)
        : Html.None;

    private static IReadOnlyList<string> Row(FormFacts form) =>
    [
        form.Precision ?? "", Figures.Bytes(form.Bytes), Figures.Percent(form.Accuracy), Figures.Percent(form.Top1Agreement), Figures.Decibels(form.SqnrDb),
        form.Speed is { } speed ? Figures.Factor(speed) + " ×" : Figures.NotMeasured, form.Refusal ?? "shipped",
    ];
}
