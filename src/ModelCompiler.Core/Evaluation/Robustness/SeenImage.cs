using ModelCompiler.Calibration;
using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Robustness;

/// <summary>
/// Images in the size in which a model sees them: a photo of 12 megapixels is shrunk before anything happens to it, since noise on its pixels would be gone in the model's
/// input, and since its size would decide how long that takes. A smaller image stays as it is.
/// </summary>
internal static class SeenImage
{
    /// <summary>The image with its boxes; its aspect stays.</summary>
    /// <param name="source">Of any size.</param>
    /// <param name="resize">How the model's preprocessing resizes it, which has nothing left to do afterwards but where it stretches.</param>
    public static SourceImage Of(SourceImage source, ImageResize resize)
    {
        var (width, height) = (source.Image.Width, source.Image.Height);
        var factor = resize.Kind switch
        {
            ImageResizeKind.ShortSide => (double)resize.Width / Math.Min(width, height),
            ImageResizeKind.Letterbox => Math.Min((double)resize.Width / width, (double)resize.Height / height),
            ImageResizeKind.Stretch => Math.Max((double)resize.Width / width, (double)resize.Height / height),
            _ => 1,
        };
        return factor < 1 ? Resized(source, Side(width, factor), Side(height, factor)) : source;
    }

    private static int Side(int length, double factor) => Math.Max(1, (int)Math.Round(length * factor));

    private static SourceImage Resized(SourceImage source, int width, int height)
    {
        var values = new float[width * height * RgbImage.Channels];
        new ImagePreprocessing { Layout = TensorLayout.Nhwc, Resize = Resizing.Stretch(width, height) }.Fill(source.Image.Pixels, values);
        var (x, y) = ((float)width / source.Image.Width, (float)height / source.Image.Height);
        return source with
        {
            Image = RgbImage.Nearest(values, width, height),
            Known = source.Known with
            {
                Boxes = source.Boxes?.Select(known => known with { Box = new BoundingBox(known.Box.Left * x, known.Box.Top * y, known.Box.Right * x, known.Box.Bottom * y) }).ToArray(),
            },
        };
    }
}
