namespace ModelCompiler.Contract;

/// <summary>One message about one file.</summary>
public sealed record ModelDiagnostic(DiagnosticRule Rule, string? File, string Message)
{
    public string Id => Rule.Id;

    public DiagnosticSeverity Severity => Rule.Severity;

    /// <summary>MSBuild's canonical form, which IDEs and CI systems parse: <c>model.onnx : error MC1001: text</c>.</summary>
    public override string ToString()
    {
        var severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        return $"{File ?? "modelc"} : {severity} {Id}: {Message}";
    }
}
