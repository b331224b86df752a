namespace ModelCompiler.Contract;

/// <summary>What is said of an image input: an <see cref="ImageInput"/> with null where nothing is said.</summary>
public sealed record ImageSettings
{
    public ImageLayout? Layout { get; init; }

    public ImageColor? Color { get; init; }

    public ImageResize? Resize { get; init; }

    /// <summary>The side of the square that is cut from the middle after resizing.</summary>
    public int? CenterCrop { get; init; }

    public float? Scale { get; init; }

    public EquatableArray<float> Mean { get; init; }

    public EquatableArray<float> Std { get; init; }
}
