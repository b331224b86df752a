namespace ModelCompiler.Contract;

/// <summary>One message about one file.</summary>
public sealed record ModelDiagnostic(DiagnosticRule Rule, string? File, string Message)
{
    /// <summary>The line of a text file that the message is about, from 1.</summary>
    public int? Line { get; init; }

    public string Id => Rule.Id;

    public DiagnosticSeverity Severity => Rule.Severity;

    /// <summary>The same, about this file where it names none.</summary>
    public ModelDiagnostic In(string file) => File is null ? this with { File = file } : this;

    /// <summary>MSBuild's canonical form, which IDEs and CI systems parse: <c>model.onnx : error MC1001: text</c>.</summary>
    public override string ToString()
    {
        var severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        var line = Line is { } known ? $"({known.ToString(System.Globalization.CultureInfo.InvariantCulture)})" : "";
        return $"{File ?? "modelc"}{line} : {severity} {Id}: {Message}";
    }
}
