using ModelCompiler.Compilation;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool.Progress;

/// <summary>Shows long work on stderr: a bar on a terminal, lines elsewhere, nothing beside JSON.</summary>
internal static class ProgressDisplay
{
    public static T Run<T>(CommandOutput output, Func<ICompileProgress, T> work)
    {
        if (output.IsJson)
            return work(new NoProgress());
        return Console.IsErrorRedirected ? work(new ProgressLines(Console.Error)) : ProgressBar.Run(Console.Error, work);
    }

    private sealed class NoProgress : ICompileProgress
    {
        public void Report(CompileStep step)
        {
        }
    }
}
