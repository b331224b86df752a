using ModelCompiler.Compilation;

namespace ModelCompiler.Tool.Progress;

/// <summary>Turns a count of samples into a step's progress. Unlike <see cref="Progress{T}"/> it reports at once, on the working thread.</summary>
internal sealed class SampleProgress(string step, int samples, ICompileProgress progress) : IProgress<int>
{
    public void Report(int value) => progress.Report(new CompileStep(step, (double)value / samples));
}
