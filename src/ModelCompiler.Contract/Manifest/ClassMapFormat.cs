namespace ModelCompiler.Contract;

/// <summary>How the numbers of a segmentation model's output become the class of each pixel.</summary>
/// <param name="Values">What they are.</param>
/// <param name="Layout">Where the axis of the classes is; of a map with one number a pixel, where the axis of length 1 is, if there is one.</param>
public sealed record ClassMapFormat(ClassMapValues Values, ImageLayout Layout);

/// <summary>What the numbers of a class map are.</summary>
public enum ClassMapValues
{
    /// <summary>A score for each class, of which the highest wins: logits or probabilities.</summary>
    Scores,

    /// <summary>The index of the class.</summary>
    Indices,

    /// <summary>How probable it is that the pixel belongs to the foreground, class 1, and not to the background, class 0.</summary>
    Probability,

    /// <summary>The same before the sigmoid: positive for the foreground.</summary>
    Logit,
}
