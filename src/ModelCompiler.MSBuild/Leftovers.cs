using Microsoft.Build.Framework;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>Takes away what earlier builds made and this one does not: of models that were removed, renamed, or cannot be used any more.</summary>
internal static class Leftovers
{
    private static readonly string[] Patterns = [
        "*.onnx", "*.onnx.gz", "*.stamp", "*" + ManifestWriter.FileExtension, "*" + LibraryModelsFile.FileExtension,
        "*" + ReportEndings.Json, .. ReportEndings.Documents.Select(ending => "*" + ending),
    ];

    /// <param name="directory">The folder, which holds nothing but intermediate files of models.</param>
    /// <param name="current">What this build makes, or has made before and will use.</param>
    public static void Delete(string directory, IEnumerable<ITaskItem> current)
    {
        if (!Directory.Exists(directory))
            return;
        var keep = new HashSet<string>(current.Select(item => Path.GetFileName(item.ItemSpec)), StringComparer.OrdinalIgnoreCase);
        foreach (var file in Patterns.SelectMany(pattern => Directory.GetFiles(directory, pattern)))
        {
            if (!keep.Contains(Path.GetFileName(file)))
                File.Delete(file);
        }
    }
}
