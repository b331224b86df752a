namespace ModelCompiler.Compilation;

/// <summary>Tells how much of one step is done.</summary>
/// <param name="progress">Is told.</param>
/// <param name="text">What is being done.</param>
/// <param name="total">Parts of the step.</param>
internal sealed class StepProgress(ICompileProgress progress, string text, int total) : IProgress<int>
{
    public void Report(int value) => progress.Report(new CompileStep(text, (double)value / Math.Max(1, total)));
}
