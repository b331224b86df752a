using System.Numerics.Tensors;
using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Robustness.Corruptions;

/// <summary>Out of focus: each pixel becomes the mean of those around it, weighted by a Gaussian. Behind its edge the image goes on as it ends.</summary>
internal sealed class GaussianBlur : IImageCorruption
{
    /// <summary>Standard deviations in pixels of an image of 224: ImageNet-C's <c>gaussian_blur</c>.</summary>
    private static readonly float[] Deviations = [1, 2, 3, 4, 6];

    private const float SideOfDeviations = 224;

    /// <summary>The least ones, in pixels: what CIFAR-10-C does to images of 32, which a smaller blur would leave as they are.</summary>
    private static readonly float[] LeastDeviations = [0.4f, 0.6f, 0.7f, 0.8f, 1];

    /// <summary>In standard deviations: what lies beyond weighs nothing.</summary>
    private const float Reach = 3;

    public string Name => "blur";

    public bool KeepsPlaces => true;

    public RgbImage Apply(RgbImage image, int strength, Noise noise)
    {
        var weights = Weights(Math.Max(LeastDeviations[strength - 1], Deviations[strength - 1] * Math.Min(image.Width, image.Height) / SideOfDeviations));
        var (row, values) = (image.Width * RgbImage.Channels, image.ToFloats());
        var across = new float[values.Length];
        for (var y = 0; y < image.Height; y++)
            BlurRow(values.AsSpan(y * row, row), weights, across.AsSpan(y * row, row));
        var down = new float[values.Length];
        for (var y = 0; y < image.Height; y++)
        {
            for (var i = 0; i < weights.Length; i++)
                Add(across.AsSpan(Math.Clamp(y + i - (weights.Length / 2), 0, image.Height - 1) * row, row), weights[i], down.AsSpan(y * row, row));
        }

        return RgbImage.Nearest(down, image.Width, image.Height);
    }

    /// <summary>With sum 1, the middle one for the pixel itself.</summary>
    private static float[] Weights(float deviation)
    {
        var reach = (int)MathF.Ceiling(Reach * deviation);
        float[] weights = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(distance => (float)Math.Exp(-distance * distance / (2.0 * deviation * deviation)))];
        TensorPrimitives.Divide(weights, TensorPrimitives.Sum<float>(weights), weights);
        return weights;
    }

    private static void BlurRow(ReadOnlySpan<float> row, float[] weights, Span<float> blurred)
    {
        var reach = weights.Length / 2;
        var padded = new float[row.Length + (2 * reach * RgbImage.Channels)];
        row.CopyTo(padded.AsSpan(reach * RgbImage.Channels));
        for (var i = 0; i < reach; i++)
        {
            row[..RgbImage.Channels].CopyTo(padded.AsSpan(i * RgbImage.Channels));
            row[^RgbImage.Channels..].CopyTo(padded.AsSpan(padded.Length - ((i + 1) * RgbImage.Channels)));
        }

        for (var i = 0; i < weights.Length; i++)
            Add(padded.AsSpan(i * RgbImage.Channels, row.Length), weights[i], blurred);
    }

    private static void Add(ReadOnlySpan<float> values, float weight, Span<float> sums) => TensorPrimitives.MultiplyAdd(values, weight, sums, sums);
}
