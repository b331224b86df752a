using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <param name="Type">In the words of the report, with the unit where it has one.</param>
/// <param name="Value">Of the compiled model.</param>
/// <param name="Interval">Lower and upper end of its 95 % interval; null where there is none.</param>
internal sealed record MeasuredMetric(string Type, double Value, double[]? Interval = null);

/// <summary>What was measured of a compiled model, as a list: what was not is not in it.</summary>
internal static class MeasuredMetrics
{
    public static IReadOnlyList<MeasuredMetric> Of(CompileReport report) => [.. Accuracy(report.Accuracy), .. Measures(report), .. Confidence(report), .. Fidelity(report.Fidelity), .. Cost(report)];

    private static IEnumerable<MeasuredMetric> Accuracy(AccuracyFacts? accuracy)
    {
        if (accuracy is null)
            yield break;
        yield return new(accuracy.Metric, accuracy.Compiled, accuracy.CompiledCi95);
        if (accuracy.Original is { } original)
            yield return new($"{accuracy.Metric} of the original", original);
        if (accuracy.Drop is { } drop)
            yield return new($"{accuracy.Metric} {(accuracy.IsError == true ? "rise" : "drop")}", drop, accuracy.Ci95);
    }

    private static IEnumerable<MeasuredMetric> Measures(CompileReport report)
    {
        foreach (var measure in MeasureText.Beside(report))
        {
            yield return new(MeasureText.Name(measure), measure.Compiled, measure.CompiledCi95);
            if (measure.Original is { } original)
                yield return new(MeasureText.Name(measure with { Name = $"{measure.Name} of the original" }), original, measure.OriginalCi95);
        }
    }

    private static IEnumerable<MeasuredMetric> Confidence(CompileReport report)
    {
        if (report.Calibration?.Compiled is { } calibration)
            yield return new("expected calibration error", calibration.Ece);
        if (report.OutOfDistribution?.Scores is [var separation, ..])
            yield return new("out-of-distribution AUROC", separation.Compiled, separation.CompiledCi95);
    }

    private static IEnumerable<MeasuredMetric> Fidelity(FidelityFacts? fidelity)
    {
        if (fidelity?.SqnrDb is { } sqnr)
            yield return new("sqnr (dB)", sqnr);
        if (fidelity?.Top1Agreement is { } agreement)
            yield return new("top1 agreement", agreement);
    }

    private static IEnumerable<MeasuredMetric> Cost(CompileReport report)
    {
        if (report.Latency is { } latency)
            yield return new("latency (µs)", latency.CompiledUs);
        if (report.Memory is { } memory)
            yield return new("peak memory (bytes)", memory.PeakBytes);
    }
}
