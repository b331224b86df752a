namespace ModelCompiler;

/// <summary>The files of a model that fit this device, with their profiles.</summary>
internal static class EngineChoices
{
    /// <param name="definition">The model.</param>
    /// <param name="source">Where its bytes are.</param>
    /// <param name="options">Which profile is wanted, and whether files are checked.</param>
    /// <returns>The preferred one first; at least one.</returns>
    /// <exception cref="ModelLoadException">There is no such file or profile.</exception>
    public static IReadOnlyList<EngineChoice> For(ModelDefinition definition, ModelSource source, LoadOptions options)
    {
        var locator = AssetLocator.ForThisApp;
        var profiles = Wanted(definition, LibraryModels.ProfilesOf(definition), options.Profile);
        if (source == ModelSource.Asset)
            return [.. locator.Find(definition.Name, profiles).Select(asset => new EngineChoice(asset.File, asset.Profile) { IsChecked = options.ChecksIntegrity })];
        if (source.Path is { } path && !File.Exists(path))
            throw new ModelLoadException($"The model file '{Path.GetFullPath(path)}' does not exist.");
        return [new EngineChoice(source, options.Profile is null ? locator.Fitting(profiles) : profiles[0])];
    }

    private static IReadOnlyList<ModelProfile> Wanted(ModelDefinition definition, IReadOnlyList<ModelProfile> profiles, string? name)
    {
        if (name is null)
            return profiles;
        return profiles.FirstOrDefault(profile => profile.Name == name) is { } wanted
            ? [wanted]
            : throw new ModelLoadException($"The model '{definition.Name}' has no profile '{name}'; it was compiled for {string.Join(", ", profiles.Select(profile => profile.Name).DefaultIfEmpty("none"))}.");
    }
}
