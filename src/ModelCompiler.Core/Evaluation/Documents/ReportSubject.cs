using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Everything that a document is made of: equal subjects give equal documents, on any machine and at any time.</summary>
/// <param name="Name">The model's name, without profile or ending.</param>
/// <param name="Report">What was done and measured.</param>
/// <param name="Provenance">Where the model comes from, as project and file say.</param>
public sealed record ReportSubject(string Name, CompileReport Report, ModelProvenance Provenance)
{
    /// <summary>Null where it is not known.</summary>
    public ModelTask? Task { get; init; }

    /// <summary>Whether an input is an image.</summary>
    public bool TakesImages { get; init; }

    /// <summary>Name, type and shape of each input: <c>data: float32[1,3,224,224]</c>.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Name, type and shape of each output.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Name of the source file: folders are nobody's business but the machine's.</summary>
    public string SourceFile => FileName(Report.Model);

    /// <summary>Name of the asset; null where nothing was written.</summary>
    public string? AssetFile => Report.Compiled is { } compiled ? FileName(compiled.Path) : null;

    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
