using ModelCompiler.Compilation;

namespace CompileBench;

/// <summary>The table is the only output.</summary>
internal sealed class Silent : ICompileProgress
{
    public void Report(CompileStep step)
    {
    }
}
