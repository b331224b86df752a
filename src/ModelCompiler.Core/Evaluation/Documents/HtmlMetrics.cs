using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The section with all metrics that fit the model's task.</summary>
internal static class HtmlMetrics
{
    private static readonly string[] Columns = ["Metric", "#n", "Original", "Compiled", "Change", "#p value"];

    public static Html Of(CompileReport report) => HtmlParts.Section("metrics", "Metrics", report.Measures is { Count: > 0 } measures
        ? $"""
            <p>In brackets: 95 % intervals. A metric without figure of the original says how close the compiled model is to it. More is better; of errors (MAE, RMSE) less is.</p>
            {HtmlParts.Table("All metrics that fit the task", Columns, measures.Select(Row))}
            """
        : HtmlParts.Paragraph("Not measured: that takes samples, and knowing what the outputs mean, which Task or the sidecar says."));

    private static IReadOnlyList<string> Row(MeasureFacts measure) =>
    [
        MeasureText.Name(measure),
        measure.Samples.ToString("#,0", CultureInfo.InvariantCulture),
        measure.Original is { } original ? MeasureText.Figure(measure, original) + MeasureText.Interval(measure.OriginalCi95, end => MeasureText.Figure(measure, end)) : "–",
        MeasureText.Figure(measure, measure.Compiled) + MeasureText.Interval(measure.CompiledCi95, end => MeasureText.Figure(measure, end)),
        measure.Change is { } change ? MeasureText.Change(measure, change) + MeasureText.Interval(measure.ChangeCi95, end => MeasureText.Change(measure, end)) : "–",
        measure.PValue?.ToString("0.####", CultureInfo.InvariantCulture) ?? "",
    ];
}
