using System.Diagnostics;
using ModelCompiler.Execution;

namespace ModelCompiler.Evaluation;

/// <summary>How long to measure.</summary>
public sealed record LatencyOptions
{
    /// <summary>Runs of each model that are not counted.</summary>
    public int WarmUps { get; init; } = 5;

    /// <summary>Rounds at least, however long they take.</summary>
    public int MinRounds { get; init; } = 16;

    /// <summary>Rounds at most.</summary>
    public int MaxRounds { get; init; } = 1000;

    /// <summary>After the least number of rounds, no round begins later than this.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The same once every <see cref="Latency.RatioToFirst"/> is within 1 % of that of endless rounds, as far as the rounds tell, and there are enough for a 90th
    /// percentile. Not much less: what disturbs a machine for a moment is the same in all rounds of that moment.
    /// </summary>
    public TimeSpan BudgetOnceSettled { get; init; } = TimeSpan.MaxValue;
}

/// <summary>The time of one run of a model.</summary>
/// <param name="MedianUs">In microseconds.</param>
/// <param name="P90Us">In microseconds; null where there were too few runs to say.</param>
/// <param name="RatioToFirst">
/// The median over rounds of the first model's time divided by this one's: above 1 where this one is faster. What disturbs the machine for a while
/// disturbs both runs of a round, so the ratio is steadier than the quotient of the medians.
/// </param>
/// <param name="Runs">Runs counted.</param>
public sealed record Latency(double MedianUs, double? P90Us, double RatioToFirst, int Runs)
{
    /// <summary>In microseconds; null where there were too few runs to say.</summary>
    public double? P99Us { get; init; }

    /// <summary>The upper end of the 95 % interval of <see cref="RatioToFirst"/>; null where that is not known.</summary>
    public double? RatioAtMost { get; init; }

    /// <summary>Of a ratio that is settled, as a part of it.</summary>
    private const double Precision = 0.01;

    private const int RoundsBetweenLooks = 8;

    /// <summary>
    /// Runs the models in turn, A B A B …, so that all see the same machine. Load them with the same threads and with spinning off:
    /// a model's idle threads would take the other's cores.
    /// </summary>
    /// <returns>One result for each model, in order.</returns>
    /// <exception cref="Contract.DiagnosticException">MC1010: a run fails.</exception>
    public static IReadOnlyList<Latency> Compare(IReadOnlyList<BoundRun> models, LatencyOptions? options = null)
    {
        options ??= new LatencyOptions();
        for (var i = 0; i < options.WarmUps; i++)
        {
            foreach (var model in models)
                model.Run();
        }

        var times = Measure(models, options);
        return [.. times.Select(own => Summarize(own, times[0]))];
    }

    private static List<double>[] Measure(IReadOnlyList<BoundRun> models, LatencyOptions options)
    {
        List<double>[] times = [.. models.Select(_ => new List<double>(options.MaxRounds))];
        var begun = Stopwatch.GetTimestamp();
        for (var round = 0; round < options.MaxRounds; round++)
        {
            if (round >= options.MinRounds && IsEnough(times, Stopwatch.GetElapsedTime(begun), options))
                break;
            for (var i = 0; i < times.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                models[i].Run();
                times[i].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        return times;
    }

    private static bool IsEnough(List<double>[] times, TimeSpan elapsed, LatencyOptions options) =>
        elapsed > options.Budget
        || (elapsed > options.BudgetOnceSettled && times[0].Count >= Distribution.SamplesForP90 && times[0].Count % RoundsBetweenLooks == 0 && IsSettled(times));

    private static bool IsSettled(List<double>[] times) =>
        times.Skip(1).All(own => RatiosOf(times[0], own).MedianInterval is var (low, high) && high <= low * (1 + (2 * Precision)));

    private static Distribution RatiosOf(List<double> first, List<double> own) => new(first.Zip(own, (reference, time) => reference / time));

    private static Latency Summarize(List<double> own, List<double> first)
    {
        var (distribution, ratios) = (new Distribution(own), RatiosOf(first, own));
        return new Latency(distribution.Median, distribution.P90, ratios.Median, own.Count) { P99Us = distribution.P99, RatioAtMost = ratios.MedianInterval.High };
    }
}
