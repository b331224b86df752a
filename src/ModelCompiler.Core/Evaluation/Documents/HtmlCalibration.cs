using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Whether a classifier is as often right as its probabilities say.</summary>
internal static class HtmlCalibration
{
    public const string Error = "Expected calibration error";

    private const string Title = "Calibration of probabilities";

    public static Html Of(ReportSubject subject) => subject.Report.Calibration switch
    {
        { Compiled: { } compiled } measured => Section($"""
            <p>Of answers that are 80 % sure, 80 % should be right. Where the curve runs below the diagonal, the model is surer than it should be.</p>
            {HtmlParts.Facts(Facts(measured, compiled))}{ReliabilityChart.Of(measured.Original, compiled)}{HtmlParts.Table(
                "Accuracy by confidence", ["Confidence", "#n, original", "#Right, original", "#n, compiled", "#Right, compiled"], Rows(measured.Original, compiled))}
            """),
        { NotMeasured: { } reason } => Section(HtmlParts.Paragraph($"Not measured: {reason}.")),
        _ when subject.Task == ModelTask.Classification => Section(HtmlParts.Paragraph("Not measured: that takes evaluation data with labels.")),
        _ => Html.None,
    };

    private static Html Section(Html content) => HtmlParts.Section("calibration", Title, content);

    private static IEnumerable<(string, Html)> Facts(CalibrationFacts calibration, ReliabilityFacts compiled)
    {
        yield return ("Samples", HtmlParts.Text(calibration.Samples.ToString("#,0", CultureInfo.InvariantCulture)));
        yield return (Error, HtmlParts.Text($"{Change(calibration.Original?.Ece, compiled.Ece, ece => Figures.Points(ece))}, in 15 bins of equal width"));
        yield return ("Negative log likelihood", HtmlParts.Text(Change(calibration.Original?.Nll, compiled.Nll, nll => nll.ToString("0.####", CultureInfo.InvariantCulture))));
        if (calibration.Temperature is { } temperature)
            yield return ("Temperature", HtmlParts.Text(Describe(temperature)));
    }

    private static string Change(double? before, double after, Func<double, string> text) => before is { } known ? $"{text(known)} in the original, {text(after)} in the compiled model" : text(after);

    private static string Describe(TemperatureFacts temperature)
    {
        var inUse = Figures.Factor(temperature.InUse);
        return temperature is { Fitted: { } fitted, EceBefore: { } before, EceAfter: { } after }
            ? string.Create(CultureInfo.InvariantCulture, $"{inUse} is in use. Fitted on one half of the samples, {fitted:0.###} takes the error on the other half (n = {temperature.JudgedOn}) from {Figures.Points(before)} to {Figures.Points(after)}")
            : $"{inUse} is in use. None was fitted: {temperature.NotMeasured}";
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(ReliabilityFacts? original, ReliabilityFacts compiled)
    {
        for (var bin = 0; bin < compiled.Bins.Count; bin++)
        {
            var (before, after) = (original?.Bins[bin], compiled.Bins[bin]);
            if (after.Samples > 0 || before?.Samples > 0)
            {
                yield return
                [
                    string.Create(CultureInfo.InvariantCulture, $"{100.0 * bin / compiled.Bins.Count:0.#} to {100.0 * (bin + 1) / compiled.Bins.Count:0.#} %"), Count(before), Share(before), Count(after), Share(after),
                ];
            }
        }
    }

    private static string Count(ReliabilityBinFacts? bin) => (bin?.Samples ?? 0).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Share(ReliabilityBinFacts? bin) => bin?.Accuracy is { } accuracy ? Figures.Percent(accuracy) : "–";
}
