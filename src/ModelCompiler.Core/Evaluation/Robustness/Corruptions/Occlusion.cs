using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Robustness.Corruptions;

/// <summary>Something stands before what matters: a gray rectangle of the image's proportions covers a part of it, anywhere.</summary>
internal sealed class Occlusion : IImageCorruption
{
    /// <summary>Of each of the image's sides: 4 % to 36 % of its area.</summary>
    private static readonly double[] Sides = [0.2, 0.3, 0.4, 0.5, 0.6];

    private const byte Gray = 128;

    public string Name => "occlusion";

    public bool KeepsPlaces => true;

    public RgbImage Apply(RgbImage image, int strength, Noise noise)
    {
        var (width, height) = ((int)(image.Width * Sides[strength - 1]), (int)(image.Height * Sides[strength - 1]));
        var (left, top) = ((int)(noise.Uniform() * (image.Width - width + 1)), (int)(noise.Uniform() * (image.Height - height + 1)));
        var bytes = image.Bytes.ToArray();
        for (var y = top; y < top + height; y++)
            bytes.AsSpan(((y * image.Width) + left) * RgbImage.Channels, width * RgbImage.Channels).Fill(Gray);
        return new RgbImage(bytes, image.Width, image.Height);
    }
}
