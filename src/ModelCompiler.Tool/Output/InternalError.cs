using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Output;

/// <summary>An exception that is no diagnostic, as one: a bug of ours, unless the machine lacks a native library.</summary>
internal static class InternalError
{
    /// <summary>Set to 1, it adds the stack trace to what is reported.</summary>
    private const string DebugVariable = "MODELCOMPILER_DEBUG";

    public static ModelDiagnostic Of(Exception exception) => exception.GetBaseException() is DllNotFoundException missing
        ? DiagnosticRules.MachineNotReady.Create(null, "A native library", $"{OneLine(missing.Message)}.", "'modelc doctor' shows what is missing.")
        : DiagnosticRules.Internal.Create(null, Describe(exception));

    private static string Describe(Exception exception) =>
        Environment.GetEnvironmentVariable(DebugVariable) == "1"
            ? exception.ToString()
            : $"{exception.GetType().Name}: {OneLine(exception.Message)}";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
