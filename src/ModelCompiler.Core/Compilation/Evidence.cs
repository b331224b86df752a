using ModelCompiler.Compilation.Gate;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Memory;
using ModelCompiler.Execution;
using ModelCompiler.Profiles;

namespace ModelCompiler.Compilation;

/// <summary>What running a candidate beside the original showed.</summary>
/// <param name="Comparison">Outputs and answers; null where the original does not repeat itself.</param>
/// <param name="Original">Time of the original; null where the host is not the profile's.</param>
/// <param name="Compiled">Time of the candidate; null where the host is not the profile's.</param>
internal sealed record Evidence(Comparison? Comparison, Latency? Original, Latency? Compiled)
{
    /// <summary>Of both in a process of their own; null where it was not measured.</summary>
    public PeakMemory? Memory { get; init; }

    /// <summary>Threads of a run: one, so that the figure does not depend on how busy the other cores are.</summary>
    public const int Threads = 1;

    private static readonly LatencyOptions LatencyOptions = new() { Budget = TimeSpan.FromSeconds(1), BudgetOnceSettled = TimeSpan.FromSeconds(0.5) };

    /// <summary>Original ÷ candidate: above 1 where the candidate is faster; null where it was not measured.</summary>
    public double? SpeedUp => Compiled?.RatioToFirst;

    /// <summary>Outputs and answers only; null where the original does not repeat itself.</summary>
    /// <exception cref="Contract.DiagnosticException">MC1010 ONNX Runtime refuses the candidate; MC3001 its outputs have other shapes.</exception>
    public static Comparison? Compare(OriginalModel original, Candidate candidate, ICompileProgress progress)
    {
        using var compiled = OrtModel.Load(candidate.Path);
        return original.IsRepeatable ? Compare(original, compiled, candidate.Precision, progress) : null;
    }

    /// <summary>Times candidates beside the original, all in turn, so that they can be compared with each other too.</summary>
    /// <returns>For each candidate the original's time and its own, null where the host is not the profile's.</returns>
    /// <exception cref="Contract.DiagnosticException">MC1010 ONNX Runtime refuses a candidate.</exception>
    public static IReadOnlyList<(Latency? Original, Latency? Compiled)> Time(
        OriginalModel original, IReadOnlyList<Candidate> candidates, HardwareProfile profile, ICompileProgress progress)
    {
        if (!profile.IsMeasurableOn(HostIdentifier.Current))
            return [.. candidates.Select(_ => ((Latency?)null, (Latency?)null))];
        progress.Report(new CompileStep($"timing {string.Join(" and ", candidates.Select(candidate => candidate.Precision))}"));
        var inputs = original.TypicalInputs();
        var compiled = new List<OrtModel>();
        var runs = new List<BoundRun>();
        try
        {
            runs.Add(original.Running.Bind(inputs));
            foreach (var candidate in candidates)
            {
                compiled.Add(OrtModel.Load(candidate.Path));
                runs.Add(compiled[^1].Bind(inputs));
            }

            var times = Latency.Compare(runs, LatencyOptions);
            return [.. times.Skip(1).Select(time => ((Latency?)times[0], (Latency?)time))];
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
            compiled.ForEach(model => model.Dispose());
        }
    }

    /// <summary>
    /// Measures memory, which takes two processes: only where the project has a limit for it or gives evaluation data, which says that it wants to know.
    /// </summary>
    public static PeakMemory? Weigh(CompileJob job, OriginalModel original, Candidate candidate, ICompileProgress progress)
    {
        var isWanted = job.Options.Compile.Evaluation is not null || Budgets.Of(job.Options.Compile, job.Profile.Budgets).MaxMemory is not null;
        if (job.MemoryMeter is not { } meter || !isWanted || !job.Profile.IsMeasurableOn(HostIdentifier.Current))
            return null;
        progress.Report(new CompileStep($"measuring the memory of {candidate.Precision} and the original"));
        var inputs = original.TypicalInputs();
        return meter.PeakBytes(candidate.Path, inputs) is { } bytes ? new PeakMemory(meter.PeakBytes(original.Path, inputs), bytes) : null;
    }

    private static Comparison Compare(OriginalModel original, OrtModel compiled, string precision, ICompileProgress progress)
    {
        var text = $"comparing {precision} with the original on {original.SampleSource}";
        progress.Report(new CompileStep(text, 0));
        return SideBySide.Compare(original.Answered.All(), compiled, original.NewMetric(), new StepProgress(progress, text, original.Answered.Count));
    }
}
