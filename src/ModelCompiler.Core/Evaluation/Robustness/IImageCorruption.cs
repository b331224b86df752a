using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Robustness;

/// <summary>Something that happens to images on their way into a model, in five strengths.</summary>
internal interface IImageCorruption
{
    /// <summary>As reports name it.</summary>
    string Name { get; }

    /// <summary>Whether an object stays in its box: one that moves cannot be judged by boxes.</summary>
    bool KeepsPlaces { get; }

    /// <summary>The image as it would then be; of the same size.</summary>
    /// <param name="image">About as large as the model sees it.</param>
    /// <param name="strength">From 1, hardly to be seen, to <see cref="ImageCorruptions.Strengths"/>, severe.</param>
    /// <param name="noise">The source of all chance; the same one for every strength of an image, so that strengths differ in nothing else.</param>
    RgbImage Apply(RgbImage image, int strength, Noise noise);
}
