using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>The models of one project build: what is said of them, what is found in them, what becomes of them.</summary>
internal sealed class ModelProject(InspectModels inputs, Action<ModelDiagnostic> report)
{
    private readonly List<InspectedModel> _models = [];

    public string OutputDirectory => Path.GetFullPath(Path.Combine(ProjectDirectory, inputs.OutputDirectory));

    private string ProjectDirectory => Path.GetDirectoryName(inputs.ProjectFile)!;

    /// <summary>Inspects every model; one that cannot be used is reported, and the others go on.</summary>
    public void Inspect()
    {
        var choice = new ProfileChoice(ProjectDirectory, ProfileReader.Read);
        var profiles = choice.Choose(
            inputs.Profiles.Select(item => item.ItemSpec), inputs.ProfileNames, inputs.RuntimeIdentifiers, inputs.HostRuntimeIdentifier);
        foreach (var item in inputs.Models)
        {
            try
            {
                Add(Inspect(item, choice, profiles));
            }
            catch (DiagnosticException exception)
            {
                report(exception.Diagnostic);
            }
        }
    }

    public IEnumerable<ITaskItem> WriteManifests()
    {
        foreach (var model in _models)
        {
            var path = Path.Combine(OutputDirectory, model.Manifest.ClassName + ManifestWriter.FileExtension);
            ChangedText.Write(path, ManifestWriter.Write(model.Manifest));
            yield return new TaskItem(path);
        }
    }

    public ITaskItem WritePlan()
    {
        var path = Path.Combine(OutputDirectory, "models.plan.json");
        ChangedText.Write(path, BuildRequestFile.Write(new BuildRequest { Models = new(_models.Select(model => model.Request)) }));
        return new TaskItem(path);
    }

    /// <summary>One file for each model and profile.</summary>
    public IEnumerable<ITaskItem> Files(Func<string, ManifestProfile, string> name) =>
        _models.SelectMany(model => model.Manifest.Profiles.Select(profile => ModelAsset.Item(OutputDirectory, name(model.Manifest.Name, profile))));

    public IEnumerable<ITaskItem> Stamps() => _models.Select(model => new TaskItem(StampedModel.StampFile(model.Request)));

    private InspectedModel Inspect(ITaskItem item, ProfileChoice choice, IReadOnlyList<ChosenProfile> projectProfiles)
    {
        var path = item.GetMetadata("FullPath");
        if (!File.Exists(path))
            throw new DiagnosticException(DiagnosticRules.ModelFileMissing.Create(inputs.ProjectFile, item.ItemSpec));
        var options = new ModelMetadata(item.GetMetadata, inputs.ProjectFile).Read().Over(SidecarReader.ReadFor(path));
        var profiles = options.Compile.Profiles.Count > 0 ? choice.Load(options.Compile.Profiles) : projectProfiles;
        var signature = SignatureReader.Read(path);
        var manifest = ManifestBuilder.Build(
            new ModelItem(path, inputs.RootNamespace, options), signature, [.. profiles.Select(profile => profile.Profile)], report);
        var request = new ModelRequest
        {
            Model = path,
            Name = manifest.Name,
            OutputDirectory = OutputDirectory,
            Profiles = new(profiles.Select(profile => profile.Reference)),
            Options = options,
        };
        return new InspectedModel(manifest, request);
    }

    private void Add(InspectedModel model)
    {
        // File systems that ignore case would let two classes, or two assets, overwrite each other.
        var other = _models.FirstOrDefault(known => Same(known.Manifest.ClassName, model.Manifest.ClassName));
        if (other is not null)
            throw new DiagnosticException(DiagnosticRules.ModelNameTaken.Create(model.Request.Model, model.Manifest.ClassName, other.Request.Model));
        if (_models.Any(known => Same(known.Manifest.Name, model.Manifest.Name)))
            model = model.Renamed($"{model.Manifest.Name}-{model.Manifest.ClassName}");
        _models.Add(model);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private sealed record InspectedModel(ModelManifest Manifest, ModelRequest Request)
    {
        public InspectedModel Renamed(string name) => new(Manifest with { Name = name }, Request with { Name = name });
    }
}
