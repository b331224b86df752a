using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Metrics as documents write them.</summary>
internal static class MeasureText
{
    /// <summary>The metrics beside the one that the model is judged by, which documents show by itself.</summary>
    public static IEnumerable<MeasureFacts> Beside(CompileReport report) => (report.Measures ?? []).Where(measure => measure.Name != report.Accuracy?.Metric);

    /// <summary>With the unit where its figures do not show it.</summary>
    public static string Name(MeasureFacts measure) => measure.Unit == MeasureFacts.Decibels ? $"{measure.Name} (dB)" : measure.Name;

    public static string Figure(MeasureFacts measure, double? value) => (measure.Unit, value) switch
    {
        (_, null) => Figures.NotMeasured,
        (MeasureFacts.Share, _) => Figures.Percent(value),
        (MeasureFacts.Decibels, _) => Figures.Decibels(value),
        (MeasureFacts.Cosine, { } cosine) => cosine.ToString("0.####", CultureInfo.InvariantCulture),
        (_, { } amount) => Compilation.Text.Number(amount),
    };

    /// <summary>With its sign; of shares in points.</summary>
    public static string Change(MeasureFacts measure, double change)
    {
        var size = measure.Unit == MeasureFacts.Share ? Figures.Points(Math.Abs(change)) : Figure(measure, Math.Abs(change));
        return change switch
        {
            > 0 => "+" + size,
            < 0 => "−" + size,
            _ => size,
        };
    }

    /// <summary>Nothing where there is no interval.</summary>
    public static string Interval(double[]? ends, Func<double, string> text) => ends is [var low, var high] ? $" ({text(low)} to {text(high)})" : "";
}
