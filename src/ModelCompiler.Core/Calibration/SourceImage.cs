namespace ModelCompiler.Calibration;

/// <summary>An image of a data set as it was decoded, before it becomes a model's input.</summary>
/// <param name="Set">The data set, for messages.</param>
/// <param name="File">The file, for messages.</param>
/// <param name="Image">Its pixels.</param>
internal sealed record SourceImage(string Set, string File, RgbImage Image)
{
    public string Name => Known.Name;

    /// <summary>What is known of the right answer, without any input.</summary>
    public required Sample Known { get; init; }

    /// <summary>The index of the right class, where the data set is labelled.</summary>
    public int? Label => Known.Label;

    /// <summary>The objects in the image, in its pixels; null where the data set has no boxes.</summary>
    public IReadOnlyList<LabelledBox>? Boxes => Known.Boxes;
}
