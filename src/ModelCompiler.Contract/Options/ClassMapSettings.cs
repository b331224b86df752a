namespace ModelCompiler.Contract;

/// <summary>What is said of a segmentation model's output; the rest follows from its shape.</summary>
public sealed record ClassMapSettings
{
    public ClassMapValues? Values { get; init; }

    /// <summary>Where the axis of the classes is.</summary>
    public ImageLayout? Layout { get; init; }
}
