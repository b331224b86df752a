using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Robustness.Corruptions;

/// <summary>Noise as of a sensor in the dark: a normal number is added to each channel of each pixel.</summary>
internal sealed class GaussianNoise : IImageCorruption
{
    /// <summary>Of the range of a byte: ImageNet-C's <c>gaussian_noise</c>.</summary>
    private static readonly float[] Deviations = [0.08f, 0.12f, 0.18f, 0.26f, 0.38f];

    /// <summary>Normal numbers to draw from: an image takes hundreds of thousands of them, and logarithms are slow.</summary>
    private static readonly Lazy<float[]> Normals = new(() =>
    {
        var noise = new Noise(0, "normal");
        var normals = new float[1 << 16];
        for (var i = 0; i < normals.Length; i++)
            normals[i] = noise.Normal();
        return normals;
    });

    public string Name => "noise";

    public bool KeepsPlaces => true;

    public RgbImage Apply(RgbImage image, int strength, Noise noise)
    {
        var values = image.ToFloats();
        var (normals, deviation, bits) = (Normals.Value, 255 * Deviations[strength - 1], 0UL);
        for (var i = 0; i < values.Length; i++)
        {
            bits = i % 4 == 0 ? noise.Next() : bits >> 16; // of which each number takes 16
            values[i] += deviation * normals[(ushort)bits];
        }

        return RgbImage.Nearest(values, image.Width, image.Height);
    }
}
