using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelCompiler.MSBuild;

/// <summary>A file that compiling will make, known before it is made, so that the build can collect it also when nothing needs compiling.</summary>
internal static class ModelAsset
{
    /// <summary>Name of the asset's file: the app looks for exactly this.</summary>
    public static string FileName(string model, string profile) => $"{model}.{profile}.onnx";

    /// <summary>Name of the file with what was measured.</summary>
    public static string ReportName(string model, string profile) => $"{model}.{profile}.report.json";

    public static ITaskItem Item(string directory, string fileName)
    {
        var item = new TaskItem(Path.Combine(directory, fileName));
        item.SetMetadata("TargetPath", "models/" + fileName);
        item.SetMetadata("Link", "models/" + fileName);
        return item;
    }
}
