namespace ModelCompiler.Contract;

/// <summary>Bad input that stops the work. Anything else that is thrown is a bug of ours.</summary>
public sealed class DiagnosticException(ModelDiagnostic diagnostic) : Exception(diagnostic.Message)
{
    public ModelDiagnostic Diagnostic { get; } = diagnostic;
}
