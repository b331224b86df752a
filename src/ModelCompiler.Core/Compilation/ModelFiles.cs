using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Profiles;

namespace ModelCompiler.Compilation;

/// <summary>The files that make up a model.</summary>
internal static class ModelFiles
{
    /// <summary>Where the profile wants an asset's weights.</summary>
    public static ExternalDataLayout LayoutOf(HardwareProfile profile) =>
        profile.Asset.ExternalData == "always" ? ExternalDataLayout.Always : ExternalDataLayout.OnlyWhenTooLarge;

    /// <summary>The model file and the files of its external data, each once.</summary>
    public static IReadOnlyList<string> Of(string path, Model model)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var external = model.Graph.SelfAndNested
            .SelectMany(graph => graph.Initializers)
            .Select(value => value.Initializer!.ExternalFile)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(file => Path.Combine(folder, file));
        return [path, .. external];
    }
}
