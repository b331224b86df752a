using System.Xml.Linq;
using Microsoft.Build.Framework;
using ModelCompiler.Contract;
using Task = Microsoft.Build.Utilities.Task;

namespace ModelCompiler.MSBuild;

/// <summary>Writes the targets file by which a library's NuGet package hands its compiled models to the apps that use it: one <c>ModelAsset</c> item for each file beside it.</summary>
public sealed class WritePackagedModels : Task
{
    /// <summary>The plan that <see cref="InspectModels"/> wrote.</summary>
    [Required]
    public string Plan { get; set; } = "";

    /// <summary>The compiled models, with the metadata <c>Model</c> and <c>RuntimeIdentifiers</c>.</summary>
    [Required]
    public ITaskItem[] Assets { get; set; } = [];

    /// <summary>The files beside them that hold their weights.</summary>
    public ITaskItem[] Data { get; set; } = [];

    /// <summary>The file to write.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <summary>Whether the project says for which devices its models are compiled.</summary>
    public bool AreProfilesNamed { get; set; }

    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Folder of the pages that explain diagnostics.</summary>
    public string? Documentation { get; set; }

    /// <summary>The project's <c>TreatWarningsAsErrors</c>.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>Ids that it does not touch: <c>WarningsNotAsErrors</c> and <c>NoWarn</c>.</summary>
    public string? WarningsNotAsErrors { get; set; }

    public override bool Execute()
    {
        var left = AreProfilesNamed ? [] : BuildRequestFile.Read(Plan).Models.Where(model => model.Options.Compile.Profiles.Count == 0).ToArray();
        if (left.Length > 0)
            new DiagnosticLog(Log, Documentation, new WarningSwitches(TreatWarningsAsErrors, WarningsNotAsErrors)).Add(DiagnosticRules.PackagedForThisMachine.Create(ProjectFile, string.Join(", ", left.SelectMany(model => model.Profiles).Distinct(StringComparer.Ordinal))));
        ChangedText.Write(File, Text() + "\n");
        return !Log.HasLoggedErrors;
    }

    private string Text() => new XElement(
        "Project",
        new XComment(" The compiled models of this package, for the apps that use it. "),
        // NuGet takes one file only, that of the nearest framework; what the author wrote for all of them lies above it.
        new XElement("Import", new XAttribute("Project", "$(MSBuildThisFileDirectory)../$(MSBuildThisFile)"), new XAttribute("Condition", "Exists('$(MSBuildThisFileDirectory)../$(MSBuildThisFile)')")),
        new XElement("ItemGroup", Assets.SelectMany(Items))).ToString();

    /// <summary>A model and the files that belong to it: their names begin with its own.</summary>
    private IEnumerable<XElement> Items(ITaskItem asset)
    {
        var name = Path.GetFileName(asset.ItemSpec);
        return Data.Select(file => Path.GetFileName(file.ItemSpec)).Where(file => file.StartsWith(name, StringComparison.Ordinal)).Prepend(name).Select(file => Item(file, asset));
    }

    private static XElement Item(string file, ITaskItem asset) => new(
        "ModelAsset",
        new XAttribute("Include", $"$(MSBuildThisFileDirectory)models/{file}"),
        new XAttribute(ModelAsset.Model, asset.GetMetadata(ModelAsset.Model)),
        new XAttribute(ModelAsset.RuntimeIdentifiers, asset.GetMetadata(ModelAsset.RuntimeIdentifiers)));
}
