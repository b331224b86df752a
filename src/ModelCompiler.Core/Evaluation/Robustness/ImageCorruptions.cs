using ModelCompiler.Evaluation.Robustness.Corruptions;

namespace ModelCompiler.Evaluation.Robustness;

/// <summary>
/// The one list of what is done to images. Noise, blur, JPEG, brightness and contrast are those of ImageNet-C with its strengths (Hendrycks and Dietterich 2019); rotation and
/// occlusion, which it does not have, are what happens to cameras in hands.
/// </summary>
internal static class ImageCorruptions
{
    /// <summary>Of each corruption, counted from 1.</summary>
    public const int Strengths = 5;

    public static IReadOnlyList<IImageCorruption> All { get; } =
    [
        new GaussianNoise(),
        new GaussianBlur(),
        new JpegCompression(),
        new Brightness(),
        new Contrast(),
        new Rotation(),
        new Occlusion(),
    ];
}
