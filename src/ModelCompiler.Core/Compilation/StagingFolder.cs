using System.Globalization;

namespace ModelCompiler.Compilation;

/// <summary>
/// A folder beside the asset in which candidates are written. Only what is published reaches the place where a build looks; the rest goes with the folder.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private readonly CompileJob _job;
    private readonly string _folder;

    public StagingFolder(CompileJob job)
    {
        _job = job;
        _folder = string.Create(CultureInfo.InvariantCulture, $"{job.AssetPath}.{Environment.ProcessId}.staging");
    }

    /// <summary>Where a candidate is written: in a folder of its own, under the asset's name, so that references to external data stay right.</summary>
    public string PathFor(string precision)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, precision));
        return Path.Combine(folder.FullName, Path.GetFileName(_job.AssetPath));
    }

    /// <summary>Moves a candidate's files to the output folder, the model last: whoever sees it sees all of it.</summary>
    public void Publish(IReadOnlyList<string> files)
    {
        foreach (var file in files.Reverse())
            Move(file, Path.Combine(_job.OutputDirectory, Path.GetFileName(file)));
    }

    /// <summary>Writes a text beside the asset, whole or not at all.</summary>
    public void PublishText(string path, string text)
    {
        var staged = Path.Combine(Directory.CreateDirectory(_folder).FullName, Path.GetFileName(path));
        OutputFiles.Change(path, () => File.WriteAllText(staged, text));
        Move(staged, path);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static void Move(string staged, string path) => OutputFiles.Change(path, () => File.Move(staged, path, overwrite: true));
}
