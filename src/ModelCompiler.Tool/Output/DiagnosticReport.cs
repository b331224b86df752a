using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Output;

/// <summary>A diagnostic as it stands in JSON.</summary>
internal sealed record DiagnosticReport(string Id, string Severity, string Message)
{
    public static DiagnosticReport Of(ModelDiagnostic diagnostic) =>
        new(diagnostic.Id, OptionWords.Word(diagnostic.Severity), diagnostic.Message);
}

/// <summary>The JSON of a command that could not do its work.</summary>
internal sealed record FailureReport(IReadOnlyList<DiagnosticReport> Diagnostics);
