using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Robustness.Corruptions;

/// <summary>A camera that is not held straight: the image turns about its middle, one way or the other. Behind its edge it goes on as it ends.</summary>
internal sealed class Rotation : IImageCorruption
{
    private static readonly double[] Degrees = [5, 10, 15, 22.5, 30];

    public string Name => "rotation";

    public bool KeepsPlaces => false;

    public RgbImage Apply(RgbImage image, int strength, Noise noise)
    {
        var (sine, cosine) = Math.SinCos(Degrees[strength - 1] * Math.PI / 180 * (noise.Below(2) == 0 ? 1 : -1));
        var (middleX, middleY) = ((image.Width - 1) / 2.0, (image.Height - 1) / 2.0);
        var turned = new float[image.Bytes.Length];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var (right, down) = (x - middleX, y - middleY);
                Sample(image, middleX + (cosine * right) + (sine * down), middleY + (cosine * down) - (sine * right), turned.AsSpan(((y * image.Width) + x) * RgbImage.Channels, RgbImage.Channels));
            }
        }

        return RgbImage.Nearest(turned, image.Width, image.Height);
    }

    /// <summary>Bilinear, between the four pixels around the place.</summary>
    private static void Sample(RgbImage image, double x, double y, Span<float> pixel)
    {
        var (left, top) = (Math.Clamp(x, 0, image.Width - 1), Math.Clamp(y, 0, image.Height - 1));
        var (column, row) = ((int)left, (int)top);
        var (shareX, shareY) = ((float)(left - column), (float)(top - row));
        var here = ((row * image.Width) + column) * RgbImage.Channels;
        var right = column + 1 < image.Width ? RgbImage.Channels : 0;
        var below = row + 1 < image.Height ? image.Width * RgbImage.Channels : 0;
        var bytes = image.Bytes;
        for (var channel = 0; channel < pixel.Length; channel++, here++)
        {
            var above = bytes[here] + ((bytes[here + right] - bytes[here]) * shareX);
            var under = bytes[here + below] + ((bytes[here + below + right] - bytes[here + below]) * shareX);
            pixel[channel] = above + ((under - above) * shareY);
        }
    }
}
