using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>What a run takes, line by line, for every document that has a table.</summary>
internal static class CostFigures
{
    private const string TooFew = "too few runs";

    /// <summary>Name, original and compiled of each figure; "not measured" where it was not.</summary>
    public static IEnumerable<(string Name, string Before, string After)> Of(CompileReport report)
    {
        yield return Latency(report.Latency);
        if (report.Latency is { } latency)
        {
            yield return ("Latency, 90 of 100 runs", Percentile(latency.OriginalP90Us), Percentile(latency.CompiledP90Us));
            yield return ("Latency, 99 of 100 runs", Percentile(latency.OriginalP99Us), Percentile(latency.CompiledP99Us));
            yield return ("Time to load", Milliseconds(latency.OriginalLoadMs), Milliseconds(latency.CompiledLoadMs));
        }

        yield return ("Peak memory of loading and running", Figures.Bytes(report.Memory?.OriginalPeakBytes), Figures.Bytes(report.Memory?.PeakBytes));
        if (report.Memory?.ActivationBytes is { } activations)
            yield return ("Activations alive at once, from the graph", "–", Figures.Bytes(activations));
        yield return report.Energy is { } energy
            ? ("Energy of a run, an estimate", Millijoules(energy.OriginalMj), Millijoules(energy.CompiledMj))
            : ("Energy of a run, an estimate", "not known", "not known");
    }

    private static (string, string, string) Latency(LatencyFacts? latency) => latency is null
        ? ("Latency", Figures.NotMeasured, Figures.NotMeasured)
        : (string.Create(CultureInfo.InvariantCulture, $"Latency, median of {latency.Runs} runs in turn, {latency.Threads} {(latency.Threads == 1 ? "thread" : "threads")}"), Figures.Time(latency.OriginalUs), Figures.Time(latency.CompiledUs));

    private static string Percentile(double? microseconds) => microseconds is { } known ? Figures.Time(known) : TooFew;

    private static string Milliseconds(double? time) => time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#} ms") : Figures.NotMeasured;

    private static string Millijoules(double amount) => string.Create(CultureInfo.InvariantCulture, $"{amount:G3} mJ");
}
