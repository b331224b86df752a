using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>What a data set must know of the model that it feeds.</summary>
/// <param name="Inputs">The required inputs, with the way from an image where one is an image.</param>
/// <param name="Outputs">The outputs, whose expected values a data set may carry.</param>
/// <param name="Labels">The names of the classes, by which folders of a class are recognised; empty where they are not known.</param>
public sealed record DataModel(IReadOnlyList<ManifestInput> Inputs, IReadOnlyList<ValueSignature> Outputs, IReadOnlyList<string> Labels)
{
    /// <summary>What the manifest says.</summary>
    public static DataModel Of(ModelManifest manifest) => new(manifest.Inputs, [.. manifest.Outputs.Select(output => output.Value)], manifest.Labels);
}
