using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Tool.Output;

/// <summary>What was measured, as names and values for people; nothing where it was not.</summary>
internal static class MeasuredText
{
    public static IEnumerable<(string Name, string Value)> Accuracy(AccuracyFacts? accuracy)
    {
        if (accuracy is null)
            yield break;
        var isError = accuracy.IsError == true;
        var interval = accuracy.CompiledCi95 is [var least, var most] ? $", 95 % interval {Bare(least)} to {Bare(most)}" : "";
        if (accuracy.Original is { } original)
            yield return (accuracy.Metric, $"{Whole(original)} → {Whole(accuracy.Compiled)} (n={accuracy.Samples})");
        else
            yield return (accuracy.Metric, $"{Whole(accuracy.Compiled)} (n={accuracy.Samples}{interval})");
        if (accuracy is { Drop: { } drop, Ci95: [var low, var high] })
            yield return (isError ? "rise" : "drop", Figures.Text($"{drop * 100:0.00} {(isError ? "%" : "points")} (95 % interval {low * 100:0.00} to {high * 100:0.00})"));

        string Bare(double value) => isError ? Figures.Text($"{value:G4}") : Figures.Text($"{value * 100:0.00}");
        string Whole(double value) => isError ? Bare(value) : $"{Bare(value)} %";
    }

    /// <summary>The metrics beside accuracy.</summary>
    public static IEnumerable<(string Name, string Value)> Measures(IReadOnlyList<MeasureFacts>? measures, AccuracyFacts? accuracy)
    {
        foreach (var measure in measures ?? [])
        {
            if (measure.Name == accuracy?.Metric)
                continue;
            var interval = (measure.ChangeCi95, measure.CompiledCi95) switch
            {
                ([var low, var high], _) => $", 95 % interval of the change {Signed(measure, low)} to {Signed(measure, high)}",
                (null, [var low, var high]) => $", 95 % interval {Figure(measure, low)} to {Figure(measure, high)}",
                _ => "",
            };
            var before = measure.Original is { } original ? $"{Figure(measure, original)} → " : "";
            yield return (measure.Name, $"{before}{Figure(measure, measure.Compiled)} (n={measure.Samples}{interval})");
        }
    }

    private static string Figure(MeasureFacts measure, double value) => measure.Unit switch
    {
        MeasureFacts.Share => Figures.Text($"{value * 100:0.00} %"),
        MeasureFacts.Decibels => Figures.Text($"{value:0.0} dB"),
        MeasureFacts.Cosine => Figures.Text($"{value:0.0000}"),
        _ => Figures.Text($"{value:G4}"),
    };

    private static string Signed(MeasureFacts measure, double value) => (value < 0 ? "−" : "+") + Figure(measure, Math.Abs(value));

    public static IEnumerable<(string Name, string Value)> Calibration(CalibrationFacts? calibration)
    {
        if (calibration?.Compiled is not { } compiled)
            yield break;
        var before = calibration.Original is { } original ? Figures.Text($"{original.Ece * 100:0.00} → ") : "";
        yield return ("calibration error", Figures.Text($"{before}{compiled.Ece * 100:0.00} points (n={calibration.Samples})"));
    }

    public static IEnumerable<(string Name, string Value)> Fitted(TemperatureFacts? temperature)
    {
        if (temperature is not { Fitted: { } fitted, EceBefore: { } before, EceAfter: { } after })
            yield break;
        yield return ("temperature", Figures.Text($"{temperature.InUse:0.###} → {fitted:0.###}, in the sidecar (n={temperature.FittedOn})"));
        yield return ("with it", Figures.Text($"calibration error {before * 100:0.00} → {after * 100:0.00} points, each half judged by what the other gives"));
    }

    public static IEnumerable<(string Name, string Value)> Fidelity(FidelityFacts? fidelity)
    {
        if (fidelity?.SqnrDb is { } sqnr)
            yield return ("signal to noise", Figures.Text($"{sqnr:0.0} dB (n={fidelity.Samples})"));
        if (fidelity?.Top1Agreement is { } agreement)
            yield return ("same best class", Figures.Text($"{agreement * 100:0.0} %"));
        if (fidelity?.MaxAbsError is { } error)
            yield return ("largest difference", Figures.Text($"{error:G3}"));
    }

    /// <summary>What a run takes beside time.</summary>
    public static IEnumerable<(string Name, string Value)> Costs(CompileReport report)
    {
        if (report.Latency is { OriginalLoadMs: { } before, CompiledLoadMs: { } after })
            yield return ("time to load", Figures.Text($"{before:0.#} → {after:0.#} ms"));
        if (report.Memory is { } memory)
            yield return ("peak memory", memory.OriginalPeakBytes is { } original ? Figures.BytesChange(original, memory.PeakBytes) : Figures.Bytes(memory.PeakBytes));
        if (report.Energy is { } energy)
            yield return ("energy of a run", Figures.Text($"{energy.OriginalMj:G3} → {energy.CompiledMj:G3} mJ (estimate)"));
    }

    public static IEnumerable<(string Name, string Value)> Latency(LatencyFacts? latency)
    {
        if (latency is null)
            yield break;
        var times = $"{Figures.Microseconds(latency.OriginalUs)} → {Figures.Microseconds(latency.CompiledUs)}";
        yield return ("latency", Figures.Text($"{times}, {latency.Ratio:0.00}× (n={latency.Runs}, threads={latency.Threads})"));
    }
}
