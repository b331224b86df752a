using Microsoft.Build.Utilities;
using ModelCompiler.Contract.Tests;

namespace ModelCompiler.MSBuild.Tests;

/// <summary>A project folder on disk, as the tasks see one.</summary>
internal sealed class TestProject : IDisposable
{
    public TestProject() => File.WriteAllText(ProjectFile, "<Project />");

    public string Folder { get; } = Directory.CreateTempSubdirectory("modelcompiler").FullName;

    public string ProjectFile => Path.Combine(Folder, "App.csproj");

    public RecordingEngine Engine { get; } = new();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>A classifier of ten classes.</summary>
    public TaskItem Model(string name, params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(Write(name, OnnxBytes.Classifier().ToArray()));
        foreach (var (key, value) in metadata)
            item.SetMetadata(key, value);
        return item;
    }

    public InspectModels Inspect(params TaskItem[] models) => Inspect(designTime: false, models);

    public InspectModels Inspect(bool designTime, params TaskItem[] models) => Inspect(task => (task.Models, task.DesignTime) = (models, designTime));

    /// <summary>Inspects with more said than the models.</summary>
    public InspectModels Inspect(Action<InspectModels> say)
    {
        var task = new InspectModels
        {
            BuildEngine = Engine,
            ProjectFile = ProjectFile,
            OutputDirectory = Path.Combine("obj", "models"),
            RootNamespace = "App",
            ProfileNames = "linux-x64",
        };
        say(task);
        task.Execute().ShouldBe(Engine.Errors.Count == 0);
        return task;
    }
}
