using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>A file that compiling will make, known before it is made, so that the build can collect it also when nothing needs compiling.</summary>
internal static class ModelAsset
{
    /// <summary>Metadata: the base name of the model.</summary>
    public const string Model = "Model";

    /// <summary>Metadata: the systems that the asset is for, separated by semicolons; empty for all.</summary>
    public const string RuntimeIdentifiers = "RuntimeIdentifiers";

    /// <summary>Name of the file that the app looks for.</summary>
    public static string FileName(string model, ManifestProfile profile) => profile.IsCompressed ? $"{ModelName(model, profile)}.gz" : ModelName(model, profile);

    /// <summary>Name of the compiled model.</summary>
    public static string ModelName(string model, ManifestProfile profile) => $"{model}.{profile.Name}.onnx";

    /// <summary>Name of the file with what was measured.</summary>
    public static string ReportName(string model, ManifestProfile profile) => $"{model}.{profile.Name}{ReportEndings.Json}";

    /// <summary>Names of the documents that are made from it.</summary>
    public static IEnumerable<string> DocumentNames(string model, ManifestProfile profile) => ReportEndings.Documents.Select(ending => $"{model}.{profile.Name}{ending}");

    public static ITaskItem Item(string directory, string fileName, string model, ManifestProfile profile)
    {
        var item = new TaskItem(Path.Combine(directory, fileName));
        item.SetMetadata("TargetPath", "models/" + fileName);
        item.SetMetadata("Link", "models/" + fileName);
        item.SetMetadata(Model, model);
        item.SetMetadata(RuntimeIdentifiers, string.Join(";", profile.RuntimeIdentifiers));
        return item;
    }
}
