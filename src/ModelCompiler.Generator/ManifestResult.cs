using ModelCompiler.Contract;

namespace ModelCompiler.Generator;

/// <summary>One manifest file: read, or the reason why it could not be.</summary>
internal sealed record ManifestResult(ModelManifest? Manifest, ModelDiagnostic? Error)
{
    public string? HintName => Manifest is null ? null : $"{Manifest.Namespace}.{Manifest.ClassName}.g.cs";

    public static ManifestResult Read(string path, string text)
    {
        try
        {
            return new ManifestResult(ManifestReader.Read(text, path), null);
        }
        catch (DiagnosticException error)
        {
            return new ManifestResult(null, error.Diagnostic);
        }
    }
}
