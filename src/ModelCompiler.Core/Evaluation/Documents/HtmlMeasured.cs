using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The sections about what was measured; one of which nothing was measured says so.</summary>
internal static class HtmlMeasured
{
    public static Html Accuracy(CompileReport report) => HtmlParts.Section("accuracy", "Accuracy", report.Accuracy is { } accuracy
        ? $"{HtmlParts.Facts(AccuracyFacts(accuracy))}{Classes(accuracy)}{HtmlSlices.Of(accuracy)}"
        : HtmlParts.Paragraph("Not measured: that takes evaluation data with labels."));

    /// <summary>A mean can hold while a class is lost.</summary>
    private static Html Classes(AccuracyFacts accuracy) => accuracy.WorstClasses is { Count: > 0 } classes
        ? HtmlParts.Table("Classes that lost most, the least likely by chance first", ["Class that lost", "#n", "#Original", "#Compiled", "#p value"], classes.Select(Row))
        : Html.None;

    public static Html Fidelity(CompileReport report) => HtmlParts.Section("fidelity", "Fidelity to the original", report.Fidelity is { } fidelity
        ? $"""
            {HtmlParts.Facts(FidelityFacts(fidelity))}{HtmlParts.Table("Fidelity of each output", ["Output", "#Signal to noise", "#Same top class", "#Unequal elements"], fidelity.Outputs.Select(Row))}
            """
        : HtmlParts.Paragraph("Not measured."));

    public static Html Ladder(CompileReport report) => report.Ladder is { Count: > 0 } ladder
        ? HtmlParts.Section("ladder", "What each step of quantization is worth", $"""
            <p>Signal to noise of the outputs after each step, on a few calibration samples. More is better; 6 dB are half the error.</p>
            {Charts.Bars("Signal to noise in decibels after each step", [.. ladder.Select(step => (step.Step, step.SqnrDb))], Figures.Decibels)}
            """)
        : Html.None;

    public static Html Pruning(CompileReport report) => report.Pruning is { } pruning
        ? HtmlParts.Section("pruning", "Pruning", $"""
            {HtmlParts.Facts(PruningFacts(pruning))}{Charts.Pruning(pruning)}{HtmlParts.Table(
                "Everything that was tried", ["#Removed", "Form", "#Size", "#Accuracy", "#Same top class", "#Speed", "Outcome"], pruning.Curve.Select(Row))}
            """)
        : Html.None;

    private static IEnumerable<(string, Html)> AccuracyFacts(AccuracyFacts accuracy)
    {
        yield return ("Metric", HtmlParts.Text($"{accuracy.Metric}, n = {accuracy.Samples.ToString("#,0", CultureInfo.InvariantCulture)}"));
        yield return ("Original", HtmlParts.Text(Figures.Of(accuracy, accuracy.Original)));
        yield return ("Compiled", HtmlParts.Text(Figures.Of(accuracy, accuracy.Compiled) + (accuracy.IsError == true ? ErrorInterval(accuracy.CompiledCi95) : Interval(accuracy.CompiledCi95, " %"))));
        yield return (accuracy.IsError == true ? "Rise" : "Drop", HtmlParts.Text(accuracy.Drop is { } drop ? Figures.Drop(accuracy, drop) + Interval(accuracy.Ci95, accuracy.IsError == true ? " %" : " points") : Figures.NotMeasured));
        if (accuracy.PValue is { } p)
            yield return ("Paired p value", HtmlParts.Text(string.Create(CultureInfo.InvariantCulture, $"{p:0.####}: how likely so large a difference is if both models are equally good")));
    }

    private static string ErrorInterval(double[]? ends) => ends is [var low, var high] ? $" (95 % interval: {Compilation.Text.Number(low)} to {Compilation.Text.Number(high)})" : "";

    private static string Interval(double[]? ends, string unit) =>
        ends is [var low, var high] ? string.Create(CultureInfo.InvariantCulture, $" (95 % interval: {low * 100:0.##} to {high * 100:0.##}{unit})") : "";

    private static IEnumerable<(string, Html)> FidelityFacts(FidelityFacts fidelity)
    {
        yield return ("Samples", HtmlParts.Text(fidelity.Samples.ToString("#,0", CultureInfo.InvariantCulture)));
        yield return ("Signal to noise", HtmlParts.Text(Figures.Decibels(fidelity.SqnrDb)));
        yield return ("Same top class", HtmlParts.Text(Figures.Percent(fidelity.Top1Agreement)));
        if (fidelity.ExpectedTop1Drop is { } drop)
            yield return ("Expected drop of top-1", HtmlParts.Text($"{Figures.Points(drop)}, by the original's own probabilities"));
        yield return ("Largest error", HtmlParts.Text(fidelity.MaxAbsError is { } error ? error.ToString("G4", CultureInfo.InvariantCulture) : Figures.NotMeasured));
    }

    private static IReadOnlyList<string> Row(ClassFacts part) =>
    [
        part.Label ?? part.Class.ToString(CultureInfo.InvariantCulture), part.Samples.ToString("#,0", CultureInfo.InvariantCulture), Figures.Percent(part.Original), Figures.Percent(part.Compiled),
        part.PValue.ToString("0.####", CultureInfo.InvariantCulture),
    ];

    private static IReadOnlyList<string> Row(OutputFacts output) =>
        [output.Name, Figures.Decibels(output.SqnrDb), Figures.Percent(output.Top1Agreement), output.Unequal.ToString("#,0", CultureInfo.InvariantCulture)];

    private static IEnumerable<(string, Html)> PruningFacts(PruningFacts pruning)
    {
        yield return ("Method", HtmlParts.Text(pruning.Method));
        yield return ("Asked for", HtmlParts.Text(pruning.Asked is { } asked ? Figures.Percent(asked) : "as much as the budgets need"));
        yield return ("Removed", HtmlParts.Text($"{Figures.Percent(pruning.Removed)} of the {pruning.Unit}"));
        if (pruning.PackedBytes > 0)
            yield return ("In an app package", HtmlParts.Text($"{Figures.Bytes(pruning.PackedBytes)}, was {Figures.Bytes(pruning.OriginalPackedBytes)}"));
    }

    private static IReadOnlyList<string> Row(PruningPoint point) =>
    [
        Figures.Percent(point.Removed), point.Precision ?? "", Figures.Bytes(point.Bytes), Figures.Percent(point.Accuracy), Figures.Percent(point.Top1Agreement),
        point.Speed is { } speed ? Figures.Factor(speed) + " ×" : Figures.NotMeasured, point.Refusal ?? "shipped",
    ];
}
