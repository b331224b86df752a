using System.Diagnostics;
using System.Globalization;
using ModelCompiler.Compilation;
using ModelCompiler.Evaluation.Memory;

namespace CalibrateBench;

/// <summary>How long each step of a compile took.</summary>
internal sealed class StepTimes : ICompileProgress
{
    private readonly List<(string Step, long Begun, TimeSpan Busy, long? Peak)> _steps = [];

    public void Report(CompileStep step)
    {
        if (_steps.Count == 0 || _steps[^1].Step != step.Text)
            _steps.Add((step.Text, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, ProcessMemory.PeakBytes));
    }

    /// <summary>What it took until the form was written, before anything was compared: what a tool does that only quantizes.</summary>
    public Spent UntilWritten
    {
        get
        {
            var (first, compared) = (_steps[0], _steps.Find(step => step.Step.StartsWith("comparing", StringComparison.Ordinal)));
            return new Spent(Stopwatch.GetElapsedTime(first.Begun, compared.Begun), compared.Busy - first.Busy);
        }
    }

    public void Print()
    {
        Report(new CompileStep("the end"));
        foreach (var (step, next) in _steps.Zip(_steps.Skip(1)))
        {
            var (time, busy) = (Stopwatch.GetElapsedTime(step.Begun, next.Begun), next.Busy - step.Busy);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {time.TotalSeconds,6:0.0} s, {busy.TotalSeconds,6:0.0} s of processor time, peak {next.Peak / 1e6:0} MB: {step.Step}"));
        }
    }
}
