using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>What a model is given for one run, and what is known of the right answer.</summary>
/// <param name="Name">Says where it comes from: a file's name, or a place in a file.</param>
/// <param name="Inputs">A tensor for each of the model's inputs, by name.</param>
public sealed record Sample(string Name, IReadOnlyDictionary<string, Tensor> Inputs)
{
    /// <summary>The index of the right class, where the data set is labelled.</summary>
    public int? Label { get; init; }

    /// <summary>The part of the data that it belongs to, such as pictures taken by night; null where the data set names none.</summary>
    public string? Slice { get; init; }

    /// <summary>The objects in the picture, in its pixels; null where the data set has no boxes.</summary>
    public IReadOnlyList<LabelledBox>? Boxes { get; init; }

    /// <summary>The class of each pixel, of the picture where there is one; null where the data set has no masks.</summary>
    public ClassMask? Mask { get; init; }

    /// <summary>What the data set says that the outputs should be, by name; empty where it says nothing. It stays where <see cref="ExpectedOutputs"/> become the original's.</summary>
    public IReadOnlyDictionary<string, Tensor> Targets { get; init; } = new Dictionary<string, Tensor>(StringComparer.Ordinal);

    /// <summary>The picture that the image input was made from; null for inputs of another origin.</summary>
    public Picture? Picture { get; init; }

    /// <summary>Outputs that others are compared with, by name: those that the data set expects, or the original's; empty where there are none.</summary>
    public IReadOnlyDictionary<string, Tensor> ExpectedOutputs { get; init; } = new Dictionary<string, Tensor>(StringComparer.Ordinal);
}
