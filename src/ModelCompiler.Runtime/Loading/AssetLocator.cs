namespace ModelCompiler;

/// <summary>Finds the files that were compiled for the device the app runs on.</summary>
internal sealed class AssetLocator(string baseDirectory, RuntimeTarget target, Func<string, bool> processorHas)
{
    private const string Folder = "models";

    public static AssetLocator ForThisApp { get; } = new(FolderOf(AppContext.BaseDirectory), RuntimeTarget.Current, Processor.Has);

    /// <summary>Where an app's resources lie: beside its assemblies, or, in the bundle of a macOS or Mac Catalyst app, in <c>Contents/Resources</c> beside <c>Contents/MonoBundle</c>.</summary>
    public static string FolderOf(string baseDirectory)
    {
        var resources = Path.GetFullPath(Path.Combine(baseDirectory, "..", "Resources"));
        return !Directory.Exists(Path.Combine(baseDirectory, Folder)) && Directory.Exists(Path.Combine(resources, Folder)) ? resources : baseDirectory;
    }

    /// <summary>The profiles that fit this system and whose file exists, in the model's order; at least one.</summary>
    /// <exception cref="ModelLoadException">There is none; the message lists every path that was tried.</exception>
    public IReadOnlyList<(ModelSource File, ModelProfile Profile)> Find(string name, IReadOnlyList<ModelProfile> profiles)
    {
        var found = new List<(ModelSource, ModelProfile)>();
        foreach (var profile in profiles.Where(Fits))
        {
            if ((Existing(NameOf(name, profile)) ?? Existing(NameOf(name, profile) + CompressedModel.Ending)) is { } file)
                found.Add((file, profile));
        }

        return found.Count > 0 ? found : throw new ModelLoadException(Describe(name, profiles));
    }

    /// <summary>The first profile that fits this system, for a model that is loaded from elsewhere.</summary>
    public ModelProfile? Fitting(IReadOnlyList<ModelProfile> profiles) =>
        profiles.FirstOrDefault(Fits);

    private bool Fits(ModelProfile profile) => target.Runs(profile.RuntimeIdentifiers) && profile.ProcessorFeatures.All(processorHas);

    /// <summary>In the app's folder or in its package.</summary>
    private ModelSource? Existing(string file)
    {
        var path = Path.Combine(baseDirectory, Folder, file);
        if (File.Exists(path))
            return ModelSource.File(path);

        var packaged = $"{Folder}/{file}";
        using var content = ModelAssets.Open(packaged);
        return content is null ? null : ModelSource.Packaged(packaged);
    }

    private static string NameOf(string name, ModelProfile profile) => $"{name}.{profile.Name}.onnx";

    private string Describe(string name, IReadOnlyList<ModelProfile> profiles)
    {
        var tried = profiles.Select(profile => WhyNot(name, profile));
        return $"The model '{name}' has no asset for {target}: {string.Join("; ", tried.DefaultIfEmpty("it was compiled for no profile"))}. "
            + "Build the app with a profile for this system, or load the model from a path.";
    }

    private string WhyNot(string name, ModelProfile profile)
    {
        if (!target.Runs(profile.RuntimeIdentifiers))
            return $"profile '{profile.Name}' is for {string.Join(", ", profile.RuntimeIdentifiers)}";
        var lacking = profile.ProcessorFeatures.Where(feature => !processorHas(feature)).ToArray();
        return lacking.Length > 0
            ? $"profile '{profile.Name}' is for processors with {string.Join(" and ", lacking)}"
            : $"'{Path.Combine(baseDirectory, Folder, NameOf(name, profile))}' does not exist";
    }
}
