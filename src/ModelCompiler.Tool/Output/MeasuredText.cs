using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Tool.Output;

/// <summary>What was measured, as names and values for people; nothing where it was not.</summary>
internal static class MeasuredText
{
    public static IEnumerable<(string Name, string Value)> Accuracy(AccuracyFacts? accuracy)
    {
        if (accuracy is null)
            yield break;
        var interval = accuracy.CompiledCi95 is [var least, var most] ? Figures.Text($", 95 % interval {least * 100:0.00} to {most * 100:0.00}") : "";
        if (accuracy.Original is { } original)
            yield return (accuracy.Metric, Figures.Text($"{original * 100:0.00} % → {accuracy.Compiled * 100:0.00} % (n={accuracy.Samples})"));
        else
            yield return (accuracy.Metric, Figures.Text($"{accuracy.Compiled * 100:0.00} % (n={accuracy.Samples}{interval})"));
        if (accuracy is { Drop: { } drop, Ci95: [var low, var high] })
            yield return ("drop", Figures.Text($"{drop * 100:0.00} points (95 % interval {low * 100:0.00} to {high * 100:0.00})"));
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
