namespace ModelCompiler.Contract;

/// <summary>Decides everything about a model's class: its names, its signature, what its data means, where it will run.</summary>
public static class ManifestBuilder
{
    /// <param name="model">What the project gives.</param>
    /// <param name="signature">What the model's file says.</param>
    /// <param name="profiles">The targets, in the order in which the app shall prefer them.</param>
    /// <param name="report">Is given every guess (MC2002).</param>
    /// <exception cref="DiagnosticException">MC2001 no usable name; all that <see cref="ModelDescriber.Describe"/> throws.</exception>
    public static ModelManifest Build(ModelItem model, ModelSignature signature, IReadOnlyList<ManifestProfile> profiles, Action<ModelDiagnostic> report)
    {
        var description = ModelDescriber.Describe(model.Path, signature, model.Options, report);
        return new ModelManifest(
            ModelNames.Asset(model.Path),
            ModelNames.Class(model),
            model.Options.Namespace ?? Identifiers.Namespace(model.RootNamespace),
            model.Options.Access ?? Access.Public,
            description.Task,
            description.Inputs,
            description.Outputs,
            description.Labels,
            new(profiles),
            Provenance(model.Options.Provenance, signature.Metadata));
    }

    /// <summary>Where a model comes from: what the project says, and what the file says of the rest.</summary>
    public static ModelProvenance Provenance(ModelProvenance said, EquatableArray<MetadataEntry> metadata) => new(
        said.Description ?? Find(metadata, "doc_string"),
        said.License ?? Find(metadata, "license"),
        said.Source ?? Find(metadata, "source") ?? Find(metadata, "producer_name"));

    private static string? Find(EquatableArray<MetadataEntry> metadata, string key) =>
        metadata.FirstOrDefault(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase) && entry.Value.Length > 0)?.Value;
}
