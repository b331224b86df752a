using System.Diagnostics;
using System.Globalization;

namespace ModelCompiler.Compilation;

/// <summary>
/// A folder beside the asset in which candidates are written. Only what is published reaches the place where a build looks; the rest goes with the folder.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private const string Ending = ".staging";

    private readonly CompileJob _job;
    private readonly string _folder;

    public StagingFolder(CompileJob job)
    {
        _job = job;
        _folder = string.Create(CultureInfo.InvariantCulture, $"{job.AssetPath}.{Environment.ProcessId}{Ending}");
    }

    /// <summary>Takes away what compiles of this asset left behind whose processes were ended in the middle.</summary>
    public static void RemoveAbandoned(CompileJob job)
    {
        var asset = Path.GetFileName(job.AssetPath);
        foreach (var folder in Directory.EnumerateDirectories(job.OutputDirectory, $"{asset}.*{Ending}"))
        {
            var owner = Path.GetFileName(folder)[(asset.Length + 1)..^Ending.Length];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId && !IsRunning(id))
                Directory.Delete(folder, recursive: true);
        }
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

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Move(string staged, string path) => OutputFiles.Change(path, () => File.Move(staged, path, overwrite: true));
}
