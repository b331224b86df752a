using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>What changed and why, in a paragraph of plain English.</summary>
internal static class Summary
{
    /// <summary>What stands for outputs without any difference, in decibels.</summary>
    private const double Equal = 200;

    public static string Of(ReportSubject subject) => string.Join(" ", Sentences(subject));

    private static IEnumerable<string> Sentences(ReportSubject subject)
    {
        var report = subject.Report;
        yield return $"{subject.Name} was compiled for {report.Profile} as {report.Precision}: {Meaning(report.Precision)}.";
        if (report.Compiled is not { } compiled)
        {
            yield return "No file was written, and the diagnostics say why.";
            yield break;
        }

        yield return Size(report.Original.Bytes, compiled.Bytes);
        if (report.Compressed is { } compressed)
            yield return $"The app carries it compressed, in {Figures.Bytes(compressed.Bytes)}.";
        if (report.Pruning is { } pruning)
            yield return $"Pruning took {Figures.Percent(pruning.Removed)} of its {pruning.Unit} away.";
        if (report.Trainings?.LastOrDefault(training => training.Refusal is null) is { } training)
            yield return $"Training on the answers of {training.Teacher ?? "the original"} gave {training.Form} {training.Gain}.";
        if (report.Quantized is { } quantized)
            yield return string.Create(CultureInfo.InvariantCulture, $"{quantized.Integer} of the {quantized.Eligible} operators that can be computed in integers are.");
        yield return Accuracy(report);
        yield return Latency(report.Latency);
    }

    /// <summary>What a precision does, and what for.</summary>
    public static string Meaning(string precision) => precision switch
    {
        "original" => "the file as it is, since this build does not optimize",
        "fp32" => "simplified, with its numbers left as they were",
        "fp16" => "stored and computed in 16-bit floats, for half the size and for devices that compute in them",
        "fp16-weights" => "its weights in 16-bit floats for half the size, computed in 32-bit floats as before",
        "int8" => "its weights and its computation in 8-bit integers, which are a quarter of the size and faster where a device has kernels for them",
        "int8-weights" => "its weights in 8-bit integers for a quarter of the size, computed in 32-bit floats as before",
        "int8-dynamic" => "its weights in 8-bit integers, with matrix products computed in integers whose range is found in each run",
        "int4-weights" => "its matrices in 4-bit integers, for the smallest file",
        _ => "the form that its profile names",
    };

    private static string Size(long before, long after)
    {
        var change = before == 0 ? 0 : 1 - ((double)after / before);
        return change switch
        {
            >= 0.005 => $"Its file went from {Figures.Bytes(before)} to {Figures.Bytes(after)}, {Figures.Percent(Math.Round(change, 2))} less.",
            <= -0.005 => $"Its file went from {Figures.Bytes(before)} to {Figures.Bytes(after)}, {Figures.Percent(Math.Round(-change, 2))} more.",
            _ => $"Its file has {Figures.Bytes(after)}, about as many as before.",
        };
    }

    private static string Accuracy(CompileReport report) => report switch
    {
        { Accuracy: { Original: not null, Drop: 0 } accuracy } => $"On {Figures.Samples(accuracy.Samples)}, {accuracy.Metric} stayed at {Figures.Of(accuracy, accuracy.Compiled)}.",
        { Accuracy: { Original: { } original, Drop: { } drop } accuracy } =>
            $"On {Figures.Samples(accuracy.Samples)}, {accuracy.Metric} went from {Figures.Of(accuracy, original)} to {Figures.Of(accuracy, accuracy.Compiled)}: {Change(accuracy, drop)}.",
        { Accuracy: { } accuracy } => $"On {Figures.Samples(accuracy.Samples)}, {accuracy.Metric} is {Figures.Of(accuracy, accuracy.Compiled)}.",
        { Fidelity: { SqnrDb: >= Equal } fidelity } => $"Accuracy was not measured; on {Figures.Samples(fidelity.Samples)}, its outputs are the original's.",
        { Fidelity: { SqnrDb: { } sqnr } fidelity } =>
            $"Accuracy was not measured; on {Figures.Samples(fidelity.Samples)}, its outputs differ from the original's by noise {Figures.Decibels(sqnr)} below them.",
        _ => "Accuracy was not measured.",
    };

    private static string Change(AccuracyFacts accuracy, double drop) => $"{Figures.Drop(accuracy, Math.Abs(drop))} {(drop > 0 == (accuracy.IsError == true) ? "more" : "less")}";

    private static string Latency(LatencyFacts? latency) => latency switch
    {
        null => "Latency was not measured.",
        { Ratio: >= 1 } => $"A run is {Figures.Factor(latency.Ratio)} times as fast as the original's.",
        _ => $"A run takes {Figures.Factor(1 / latency.Ratio)} times as long as the original's.",
    };
}
