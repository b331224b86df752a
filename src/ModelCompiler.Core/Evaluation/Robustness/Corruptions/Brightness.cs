using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Robustness.Corruptions;

/// <summary>Overexposed: the brightest channel of each pixel (V of HSV) rises, hue and saturation stay.</summary>
internal sealed class Brightness : IImageCorruption
{
    /// <summary>Of the range of a byte: ImageNet-C's <c>brightness</c>.</summary>
    private static readonly float[] Rises = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f];

    public string Name => "brightness";

    public bool KeepsPlaces => true;

    public RgbImage Apply(RgbImage image, int strength, Noise noise)
    {
        var (values, rise) = (image.ToFloats(), 255 * Rises[strength - 1]);
        for (var pixel = 0; pixel < values.Length; pixel += RgbImage.Channels)
            Raise(values.AsSpan(pixel, RgbImage.Channels), rise);
        return RgbImage.Nearest(values, image.Width, image.Height);
    }

    /// <summary>With the same hue and saturation, all channels are multiplied alike; black, which has neither, becomes gray.</summary>
    private static void Raise(Span<float> pixel, float rise)
    {
        var brightest = Math.Max(pixel[0], Math.Max(pixel[1], pixel[2]));
        var raised = Math.Min(255, brightest + rise);
        for (var channel = 0; channel < pixel.Length; channel++)
            pixel[channel] = brightest > 0 ? pixel[channel] * raised / brightest : raised;
    }
}
