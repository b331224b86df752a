using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>The models of one project build: what is said of them, what is found in them, what becomes of them.</summary>
internal sealed class ModelProject(InspectModels inputs, Action<ModelDiagnostic> report)
{
    private readonly ProfileChoice _choice = new(Path.GetDirectoryName(inputs.ProjectFile)!, ProfileReader.Read);
    private readonly List<ModelManifest> _manifests = [];
    private readonly List<PlannedModel> _planned = [];
    private readonly List<ITaskItem> _lastGood = [];

    public string OutputDirectory { get; } = DirectoryOf(inputs);

    /// <summary>Absolute path of the folder of intermediate files.</summary>
    public static string DirectoryOf(InspectModels inputs) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(inputs.ProjectFile)!, inputs.OutputDirectory));

    /// <summary>Inspects every model, of the project and of the libraries that it refers to; one that cannot be used is reported, and the others go on.</summary>
    public void Inspect()
    {
        var host = inputs.HostRuntimeIdentifier;
        var profiles = _choice.Choose(
            inputs.Profiles.Select(item => item.ItemSpec), inputs.ProfileNames, inputs.RuntimeIdentifiers, TargetPlatform.RuntimeIdentifiers(inputs.TargetPlatform, host), host);
        foreach (var item in inputs.Models)
        {
            if (!Try(() => Add(item, profiles)) && inputs.DesignTime && LastGoodManifest(item) is { } manifest)
                _lastGood.Add(manifest);
        }

        foreach (var model in ReferencedPlans.ModelsToCarry(inputs.ReferencedPlans))
            Try(() => AddOfLibrary(model, profiles));
    }

    /// <summary>One for each model of the project, in an editor also of one that has just become unusable, and one for all models of libraries.</summary>
    public IEnumerable<ITaskItem> WriteManifests()
    {
        foreach (var manifest in _lastGood)
            yield return manifest;
        foreach (var manifest in _manifests)
            yield return Written(manifest.ClassName + ManifestWriter.FileExtension, ManifestWriter.Write(manifest));
        var ofLibraries = _planned.Where(model => model.IsOfLibrary).Select(model => new LibraryModel(model.Request.Name, model.Profiles)).ToArray();
        if (ofLibraries.Length > 0)
            yield return Written("app" + LibraryModelsFile.FileExtension, LibraryModelsFile.Write(new LibraryModels(new(ofLibraries))));
    }

    public ITaskItem WritePlan() => Written("models.plan.json", BuildRequestFile.Write(new BuildRequest { Models = new(_planned.Select(model => model.Request)) }));

    /// <summary>One file for each model and profile.</summary>
    public IEnumerable<ITaskItem> Files(Func<string, ManifestProfile, string> name) =>
        _planned.SelectMany(model => model.Profiles.Select(profile => ModelAsset.Item(OutputDirectory, name(model.Request.Name, profile), model.Request.Name, profile)));

    /// <summary>The documents of each model and profile.</summary>
    public IEnumerable<ITaskItem> Documents() =>
        _planned.SelectMany(model => model.Profiles.SelectMany(profile => ModelAsset.DocumentNames(model.Request.Name, profile))).Select(name => new TaskItem(Path.Combine(OutputDirectory, name)));

    public IEnumerable<ITaskItem> Stamps() => _planned.Select(model => new TaskItem(StampedModel.StampFile(model.Request)));

    /// <summary>What of the packages' compiled models the app carries.</summary>
    public IEnumerable<ITaskItem> Packaged()
    {
        foreach (var asset in inputs.PackagedAssets)
            Try(() => ThrowIfTaken(asset.GetMetadata(ModelAsset.Model), asset.ItemSpec));
        var platform = TargetPlatform.RuntimeIdentifiers(inputs.TargetPlatform, host: null);
        return PackagedAssets.Choose(inputs.PackagedAssets, string.IsNullOrEmpty(inputs.RuntimeIdentifiers) ? platform : inputs.RuntimeIdentifiers, report);
    }

    /// <summary>Everything that was read: models, what is said of them, profiles, the plans of other projects. Those that do not exist count, since they may come to be.</summary>
    public IEnumerable<string> FilesRead()
    {
        var own = _planned.Where(model => !model.IsOfLibrary).Select(model => model.Request).ToArray();
        return own.Select(model => model.Model)
            .Concat(own.Select(model => SidecarReader.PathFor(model.Model)))
            .Concat(own.Select(model => model.Options.Labels).OfType<string>())
            .Concat(_planned.SelectMany(model => model.Request.Profiles).SelectMany(ProfileReader.Files))
            .Concat(inputs.ReferencedPlans.Select(plan => plan.ItemSpec))
            .Distinct(StringComparer.Ordinal);
    }

    private bool Try(Action add)
    {
        try
        {
            add();
            return true;
        }
        catch (DiagnosticException exception)
        {
            report(exception.Diagnostic);
            return false;
        }
    }

    /// <summary>While a model is being replaced, the code that uses its class must not turn red from one end to the other.</summary>
    private ITaskItem? LastGoodManifest(ITaskItem item)
    {
        var path = item.GetMetadata("FullPath");
        var name = item.GetMetadata(nameof(ModelOptions.ClassName)) is { Length: > 0 } said ? said : Identifiers.PascalCase(Path.GetFileNameWithoutExtension(path));
        var manifest = Path.Combine(OutputDirectory, name + ManifestWriter.FileExtension);
        return File.Exists(manifest) && !_manifests.Exists(known => Same(known.ClassName, name ?? "")) ? new TaskItem(manifest) : null;
    }

    private void Add(ITaskItem item, IReadOnlyList<ChosenProfile> projectProfiles)
    {
        var path = item.GetMetadata("FullPath");
        if (!File.Exists(path))
            throw new DiagnosticException(DiagnosticRules.ModelFileMissing.Create(inputs.ProjectFile, item.ItemSpec));
        var options = new ModelMetadata(item.GetMetadata, inputs.ProjectFile).Read().Over(SidecarReader.ReadFor(path));
        var profiles = ProfilesOf(options, projectProfiles);
        var signature = SignatureReader.Read(path);
        var manifest = ManifestBuilder.Build(
            new ModelItem(path, inputs.RootNamespace, options), signature, [.. profiles.Select(profile => profile.Profile)], report);

        // File systems that ignore case would let two classes, or two assets, overwrite each other.
        var other = _manifests.FindIndex(known => Same(known.ClassName, manifest.ClassName));
        if (other >= 0)
            throw new DiagnosticException(DiagnosticRules.ModelNameTaken.Create(path, manifest.ClassName, _planned[other].Request.Model));
        if (_manifests.Exists(known => Same(known.Name, manifest.Name)))
            manifest = manifest with { Name = $"{manifest.Name}-{manifest.ClassName}" };

        _manifests.Add(manifest);
        _planned.Add(new PlannedModel(Request(path, manifest.Name, options, profiles), manifest.Profiles, IsOfLibrary: false));
    }

    private void AddOfLibrary(ModelRequest model, IReadOnlyList<ChosenProfile> projectProfiles)
    {
        ThrowIfTaken(model.Name, model.Model);
        var profiles = ProfilesOf(model.Options, projectProfiles);
        _planned.Add(new PlannedModel(Request(model.Model, model.Name, model.Options, profiles), new(profiles.Select(profile => profile.Profile)), IsOfLibrary: true));
    }

    private void ThrowIfTaken(string name, string file)
    {
        if (_planned.Find(known => Same(known.Request.Name, name)) is { } other)
            throw new DiagnosticException(DiagnosticRules.AssetNameTaken.Create(file, name, other.Request.Model));
    }

    private IReadOnlyList<ChosenProfile> ProfilesOf(ModelOptions options, IReadOnlyList<ChosenProfile> projectProfiles) =>
        options.Compile.Profiles.Count > 0 ? _choice.Load(options.Compile.Profiles) : projectProfiles;

    private ModelRequest Request(string model, string name, ModelOptions options, IReadOnlyList<ChosenProfile> profiles) => new()
    {
        Model = model,
        Name = name,
        OutputDirectory = OutputDirectory,
        Profiles = new(profiles.Select(profile => profile.Reference)),
        Options = options,
    };

    private ITaskItem Written(string name, string text)
    {
        var path = Path.Combine(OutputDirectory, name);
        ChangedText.Write(path, text);
        return new TaskItem(path);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <summary>A model that this build compiles.</summary>
    private sealed record PlannedModel(ModelRequest Request, EquatableArray<ManifestProfile> Profiles, bool IsOfLibrary);
}
