using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The parts of the data, one a row.</summary>
internal static class HtmlSlices
{
    public static Html Of(AccuracyFacts accuracy) => accuracy.Slices is { Count: > 0 } slices
        ? HtmlParts.Table("Slices of the data, the worst first", ["Slice", "#n", "#Original", "#Compiled", "#Drop", "#p value"], slices.Select(Row))
        : Html.None;

    private static IReadOnlyList<string> Row(SliceFacts slice) =>
    [
        slice.Slice, slice.Samples.ToString("#,0", CultureInfo.InvariantCulture), Figures.Percent(slice.Original), Figures.Percent(slice.Compiled), Figures.Points(slice.Drop),
        slice.PValue.ToString("0.####", CultureInfo.InvariantCulture),
    ];
}
