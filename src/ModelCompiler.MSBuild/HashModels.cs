using System.Security.Cryptography;
using Microsoft.Build.Framework;
using ModelCompiler.Contract;
using Task = Microsoft.Build.Utilities.Task;

namespace ModelCompiler.MSBuild;

/// <summary>Writes what the model files of an app contain, for the app's own code.</summary>
public sealed class HashModels : Task
{
    /// <summary>The files that the app carries.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The file to write.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <summary>Folder of the pages that explain diagnostics.</summary>
    public string? Documentation { get; set; }

    private StateRecord Record => new(File + ".record");

    public override bool Execute()
    {
        try
        {
            var files = Files.Select(file => file.GetMetadata("FullPath")).Distinct(StringComparer.Ordinal).OrderBy(file => file, StringComparer.Ordinal).ToArray();
            var settings = string.Join("\n", files);
            if (System.IO.File.Exists(File) && Record.Unchanged(settings) is not null)
                return true;
            var observed = StateRecord.Observe(files);
            ChangedText.Write(File, CarriedModelsFile.Write(files.Select(file => new CarriedModel(Path.GetFileName(file), Sha256(file)))));
            Record.Write(settings, observed, []);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            new DiagnosticLog(Log, Documentation, new WarningSwitches(false, null)).Add(DiagnosticRules.OutputUnwritable.Create(Path.GetDirectoryName(File), exception.Message));
            return false;
        }
    }

    private static string Sha256(string path)
    {
        using var file = System.IO.File.OpenRead(path);
        using var sha = SHA256.Create();
        return BitConverter.ToString(sha.ComputeHash(file)).Replace("-", "").ToLowerInvariant();
    }
}
