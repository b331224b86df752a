using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Robustness.Corruptions;

/// <summary>Fog and bad light: each channel moves towards its mean over the image.</summary>
internal sealed class Contrast : IImageCorruption
{
    /// <summary>What is left of the distance from the mean: ImageNet-C's <c>contrast</c>.</summary>
    private static readonly float[] Shares = [0.4f, 0.3f, 0.2f, 0.1f, 0.05f];

    public string Name => "contrast";

    public bool KeepsPlaces => true;

    public RgbImage Apply(RgbImage image, int strength, Noise noise)
    {
        var values = image.ToFloats();
        for (var channel = 0; channel < RgbImage.Channels; channel++)
        {
            var sum = 0.0;
            for (var i = channel; i < values.Length; i += RgbImage.Channels)
                sum += values[i];
            var mean = (float)(sum * RgbImage.Channels / values.Length);
            for (var i = channel; i < values.Length; i += RgbImage.Channels)
                values[i] = mean + ((values[i] - mean) * Shares[strength - 1]);
        }

        return RgbImage.Nearest(values, image.Width, image.Height);
    }
}
