namespace ModelCompiler.Evaluation.Reports;

/// <summary>What <c>modelc bench --json</c> prints.</summary>
/// <param name="Runs">Runs of each model, interleaved.</param>
/// <param name="Threads">Threads of a run.</param>
/// <param name="Models">In the order given; the first is what the others are compared with.</param>
public sealed record BenchReport(int Runs, int Threads, IReadOnlyList<BenchedModel> Models);

/// <param name="Path">The model file.</param>
/// <param name="MedianUs">In microseconds.</param>
/// <param name="P90Us">In microseconds; null where there were too few runs to say.</param>
/// <param name="RatioToFirst">The first model's time ÷ this one's: above 1 is faster.</param>
/// <param name="LoadMs">Median time to load, in milliseconds.</param>
public sealed record BenchedModel(string Path, double MedianUs, double? P90Us, double RatioToFirst, double LoadMs)
{
    public static BenchedModel Of(string path, Latency latency, double loadMs) => new(
        path,
        Rounded.Time(latency.MedianUs),
        latency.P90Us is { } p90 ? Rounded.Time(p90) : null,
        Rounded.Ratio(latency.RatioToFirst),
        Rounded.Time(loadMs));
}
