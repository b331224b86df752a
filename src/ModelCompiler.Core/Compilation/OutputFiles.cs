using ModelCompiler.Contract;

namespace ModelCompiler.Compilation;

/// <summary>Changes to the output folder, whose failures are the machine's (no permission, no space, a file in use) and not the compiler's.</summary>
internal static class OutputFiles
{
    /// <exception cref="DiagnosticException">MC5002: the change cannot be made.</exception>
    public static void Change(string path, Action change)
    {
        try
        {
            change();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DiagnosticRules.OutputUnwritable.Create(path, exception.Message));
        }
    }
}
