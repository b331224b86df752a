namespace ModelCompiler.Contract;

/// <summary>
/// Reads <c>&lt;name&gt;.model.json</c>, the file beside a model that says what its numbers mean. A JSON Schema of the same content,
/// <c>model.schema.json</c>, lets editors complete it.
/// </summary>
public static class SidecarReader
{
    /// <summary>The sidecar's path for a model, whether or not it exists.</summary>
    public static string PathFor(string modelPath) => Path.ChangeExtension(modelPath, ".model.json");

    /// <summary>Reads the sidecar of a model, or <see cref="ModelOptions.None"/> when there is none.</summary>
    /// <exception cref="DiagnosticException">MC0004, naming the property.</exception>
    public static ModelOptions ReadFor(string modelPath) =>
        File.Exists(PathFor(modelPath)) ? Read(PathFor(modelPath)) : ModelOptions.None;

    /// <summary>Reads the sidecar at <paramref name="path"/>; the paths in it are relative to its folder.</summary>
    /// <exception cref="DiagnosticException">MC0004, naming the property.</exception>
    public static ModelOptions Read(string path)
    {
        var full = Path.GetFullPath(path);
        return ModelOptionsJson.Read(JsonSource.Read(full, DiagnosticRules.SidecarInvalid), Path.GetDirectoryName(full)!);
    }

    /// <summary>Reads a sidecar's text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">Named in diagnostics.</param>
    /// <param name="directory">What the paths in it are relative to.</param>
    public static ModelOptions Parse(string json, string? file, string directory) =>
        ModelOptionsJson.Read(JsonObject.Parse(json, new JsonSource(file, DiagnosticRules.SidecarInvalid)), directory);
}
