using System.Diagnostics;
using ModelCompiler.Compilation;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool.Progress;

/// <summary>A line when a step begins, and one now and then while it lasts, so that a log shows that something still happens.</summary>
internal sealed class ProgressLines(TextWriter writer) : ICompileProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private string? _step;
    private long _written;

    public void Report(CompileStep step)
    {
        if (step.Text != _step)
            Write(step.Text);
        else if (step.Fraction is { } fraction && Stopwatch.GetElapsedTime(_written) >= Interval)
            Write(Figures.Text($"{step.Text} ({fraction * 100:0} %)"));
        _step = step.Text;
    }

    private void Write(string line)
    {
        writer.WriteLine(line);
        _written = Stopwatch.GetTimestamp();
    }
}
