using ModelCompiler.Evaluation;
using ModelCompiler.Execution;
using ModelCompiler.Profiles;

namespace ModelCompiler.Compilation;

/// <summary>What running a candidate beside the original showed.</summary>
/// <param name="Comparison">Outputs and answers; null where the original does not repeat itself.</param>
/// <param name="Original">Time of the original; null where the host is not the profile's.</param>
/// <param name="Compiled">Time of the candidate; null where the host is not the profile's.</param>
internal sealed record Evidence(Comparison? Comparison, Latency? Original, Latency? Compiled)
{
    /// <summary>Threads of a run: one, so that the figure does not depend on how busy the other cores are.</summary>
    public const int Threads = 1;

    private static readonly LatencyOptions LatencyOptions = new() { Budget = TimeSpan.FromSeconds(1) };

    /// <summary>Original ÷ candidate: above 1 where the candidate is faster; null where it was not measured.</summary>
    public double? SpeedUp => Compiled?.RatioToFirst;

    /// <summary>Outputs and answers only; null where the original does not repeat itself.</summary>
    /// <exception cref="Contract.DiagnosticException">MC1010 ONNX Runtime refuses the candidate; MC3001 its outputs have other shapes.</exception>
    public static Comparison? Compare(OriginalModel original, Candidate candidate, ICompileProgress progress)
    {
        using var compiled = OrtModel.Load(candidate.Path);
        return original.IsRepeatable ? Compare(original, compiled, candidate.Precision, progress) : null;
    }

    /// <summary>Adds the time of both models to what comparing them showed.</summary>
    /// <exception cref="Contract.DiagnosticException">MC1010 ONNX Runtime refuses the candidate.</exception>
    public static Evidence Time(OriginalModel original, Candidate candidate, Comparison? comparison, HardwareProfile profile, ICompileProgress progress)
    {
        if (!profile.IsMeasurableOn(HostIdentifier.Current))
            return new Evidence(comparison, null, null);
        using var compiled = OrtModel.Load(candidate.Path);

        progress.Report(new CompileStep($"timing {candidate.Precision}"));
        var inputs = original.TypicalInputs();
        using var first = original.Running.Bind(inputs);
        using var second = compiled.Bind(inputs);
        var times = Latency.Compare([first, second], LatencyOptions);
        return new Evidence(comparison, times[0], times[1]);
    }

    private static Comparison Compare(OriginalModel original, OrtModel compiled, string precision, ICompileProgress progress)
    {
        var text = $"comparing {precision} with the original on {original.SampleSource}";
        progress.Report(new CompileStep(text, 0));
        return SideBySide.Compare(original.Answered.All(), compiled, original.NewMetric(), new StepProgress(progress, text, original.Answered.Count));
    }
}
