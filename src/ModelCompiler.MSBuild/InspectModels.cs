using Microsoft.Build.Framework;
using ModelCompiler.Contract;
using Task = Microsoft.Build.Utilities.Task;

namespace ModelCompiler.MSBuild;

/// <summary>
/// Reads every model of a project in milliseconds: writes the manifests from which classes are generated and the plan of what is to be
/// compiled, and names the files that compiling will make. Runs in design-time builds too, so it neither compiles nor starts anything.
/// </summary>
public sealed class InspectModels : Task
{
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Folder of the intermediate files.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    public string RootNamespace { get; set; } = "";

    /// <summary><c>ModelProfile</c> items.</summary>
    public ITaskItem[] Profiles { get; set; } = [];

    /// <summary>The property <c>ModelCompilerProfiles</c>.</summary>
    public string? ProfileNames { get; set; }

    /// <summary>The project's runtime identifier, or its list of them.</summary>
    public string? RuntimeIdentifiers { get; set; }

    public string? HostRuntimeIdentifier { get; set; }

    /// <summary>MSBuild's <c>TargetPlatformIdentifier</c>: <c>android</c>, <c>ios</c>, or empty.</summary>
    public string? TargetPlatform { get; set; }

    /// <summary>The plans of the projects that an app refers to, with the metadata <c>CarriesModels</c>; none in a library.</summary>
    public ITaskItem[] ReferencedPlans { get; set; } = [];

    /// <summary>Models that packages bring compiled, with the metadata <c>Model</c> and <c>RuntimeIdentifiers</c>.</summary>
    public ITaskItem[] PackagedAssets { get; set; } = [];

    /// <summary>True: an editor asks, and nothing of the last build is to be taken away.</summary>
    public bool DesignTime { get; set; }

    /// <summary>Folder of the pages that explain diagnostics.</summary>
    public string? Documentation { get; set; }

    /// <summary>One for each usable model of the project, and one for all models of libraries.</summary>
    [Output]
    public ITaskItem[] Manifests { get; private set; } = [];

    /// <summary>What the app is to carry, with the path in it as <c>TargetPath</c>: the models that compiling will make, or their compressed form.</summary>
    [Output]
    public ITaskItem[] Assets { get; private set; } = [];

    /// <summary>Those of <see cref="PackagedAssets"/> that the app is to carry.</summary>
    [Output]
    public ITaskItem[] ChosenPackagedAssets { get; private set; } = [];

    /// <summary>The models that compiling will make, compressed or not.</summary>
    [Output]
    public ITaskItem[] CompiledModels { get; private set; } = [];

    /// <summary>The reports that compiling will make.</summary>
    [Output]
    public ITaskItem[] Reports { get; private set; } = [];

    /// <summary>The documents that compiling will make from the reports, for people.</summary>
    [Output]
    public ITaskItem[] Documents { get; private set; } = [];

    /// <summary>The files by which compiling knows what is up to date.</summary>
    [Output]
    public ITaskItem[] Stamps { get; private set; } = [];

    /// <summary>The request for all models, from which compiling takes what is out of date; none at design time, when a build may be using that of its own.</summary>
    [Output]
    public ITaskItem? Plan { get; private set; }

    /// <summary>The project's <c>TreatWarningsAsErrors</c>.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>Ids that it does not touch: <c>WarningsNotAsErrors</c> and <c>NoWarn</c>.</summary>
    public string? WarningsNotAsErrors { get; set; }

    /// <summary>All outputs, by the names of their properties.</summary>
    internal IReadOnlyDictionary<string, ITaskItem[]> Outputs => new Dictionary<string, ITaskItem[]>(StringComparer.Ordinal)
    {
        [nameof(Manifests)] = Manifests,
        [nameof(Assets)] = Assets,
        [nameof(ChosenPackagedAssets)] = ChosenPackagedAssets,
        [nameof(CompiledModels)] = CompiledModels,
        [nameof(Reports)] = Reports,
        [nameof(Documents)] = Documents,
        [nameof(Stamps)] = Stamps,
        [nameof(Plan)] = Plan is null ? [] : [Plan],
    };

    public override bool Execute()
    {
        var log = new DiagnosticLog(Log, Documentation, new WarningSwitches(TreatWarningsAsErrors, WarningsNotAsErrors));
        var record = new InspectionRecord(this, ModelProject.DirectoryOf(this));
        try
        {
            if (DesignTime || !record.TryRestore())
                Inspect(log, record);
        }
        catch (DiagnosticException exception)
        {
            log.Add(exception.Diagnostic.In(ProjectFile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Add(DiagnosticRules.OutputUnwritable.Create(ModelProject.DirectoryOf(this), exception.Message));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log.AddInternal(ProjectFile, exception);
        }
        return !Log.HasLoggedErrors;
    }

    /// <summary>Takes outputs that are known.</summary>
    internal void Restore(Func<string, ITaskItem[]> outputs)
    {
        Manifests = outputs(nameof(Manifests));
        Assets = outputs(nameof(Assets));
        ChosenPackagedAssets = outputs(nameof(ChosenPackagedAssets));
        CompiledModels = outputs(nameof(CompiledModels));
        Reports = outputs(nameof(Reports));
        Documents = outputs(nameof(Documents));
        Stamps = outputs(nameof(Stamps));
        Plan = outputs(nameof(Plan)).FirstOrDefault();
    }

    private void Inspect(DiagnosticLog log, InspectionRecord record)
    {
        var isClean = true;
        var project = new ModelProject(this, Report);
        project.Inspect();
        Manifests = [.. project.WriteManifests()];
        Plan = DesignTime ? null : project.WritePlan();
        Assets = [.. project.Files(ModelAsset.FileName)];
        CompiledModels = [.. project.Files(ModelAsset.ModelName)];
        Stamps = [.. project.Stamps()];
        Reports = [.. project.Files(ModelAsset.ReportName)];
        Documents = [.. project.Documents()];
        ChosenPackagedAssets = [.. project.Packaged()];
        if (DesignTime)
            return;
        Leftovers.Delete(project.OutputDirectory, [.. Manifests, .. Assets, .. CompiledModels, .. Reports, .. Documents, .. Stamps]);
        if (isClean)
            record.Keep(project.FilesRead(), [.. Manifests.Select(item => item.ItemSpec), Plan!.ItemSpec]);

        void Report(ModelDiagnostic diagnostic)
        {
            isClean &= diagnostic.Severity == DiagnosticSeverity.Info;   // what is wrong is said by every build, until it is right
            log.Add(diagnostic.In(ProjectFile));
        }
    }
}
