using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Output;

/// <summary>An exception that nobody expected, as a diagnostic.</summary>
internal static class InternalError
{
    /// <summary>Set to 1, it adds the stack trace to what is reported.</summary>
    private const string DebugVariable = "MODELCOMPILER_DEBUG";

    public static ModelDiagnostic Of(Exception exception) => DiagnosticRules.Internal.Create(null, Describe(exception));

    private static string Describe(Exception exception) =>
        Environment.GetEnvironmentVariable(DebugVariable) == "1"
            ? exception.ToString()
            : $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}";
}
