using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Robustness.Corruptions;

/// <summary>An image as planes of luma and chroma about 0 (JFIF's matrix of ITU-R BT.601), with sides that blocks fill: the last column and row are repeated.</summary>
/// <param name="Width">A multiple of a block's side.</param>
/// <param name="Height">A multiple of a block's side.</param>
/// <param name="Y">Luma − 128.</param>
/// <param name="Cb">Blue − luma, −128 to 127.</param>
/// <param name="Cr">Red − luma, −128 to 127.</param>
internal sealed record YccPlanes(int Width, int Height, float[] Y, float[] Cb, float[] Cr)
{
    private const float Middle = 128;

    public static YccPlanes Of(RgbImage image)
    {
        var (width, height) = (WholeBlocks(image.Width), WholeBlocks(image.Height));
        var planes = new YccPlanes(width, height, new float[width * height], new float[width * height], new float[width * height]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = image.Bytes.Slice(((Math.Min(y, image.Height - 1) * image.Width) + Math.Min(x, image.Width - 1)) * RgbImage.Channels, RgbImage.Channels);
                var (place, red, blue) = ((y * width) + x, (float)pixel[0], (float)pixel[2]);
                var luma = (0.299f * red) + (0.587f * pixel[1]) + (0.114f * blue);
                planes.Y[place] = luma - Middle;
                planes.Cb[place] = (blue - luma) / 1.772f;
                planes.Cr[place] = (red - luma) / 1.402f;
            }
        }

        return planes;
    }

    /// <summary>The upper left part as an image.</summary>
    public RgbImage ToImage(int width, int height)
    {
        var values = new float[width * height * RgbImage.Channels];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var place = (y * Width) + x;
                var pixel = values.AsSpan(((y * width) + x) * RgbImage.Channels, RgbImage.Channels);
                var luma = Y[place] + Middle;
                pixel[0] = luma + (1.402f * Cr[place]);
                pixel[2] = luma + (1.772f * Cb[place]);
                pixel[1] = (luma - (0.299f * pixel[0]) - (0.114f * pixel[2])) / 0.587f;
            }
        }

        return RgbImage.Nearest(values, width, height);
    }

    private static int WholeBlocks(int side) => (side + CosineBlock.Side - 1) / CosineBlock.Side * CosineBlock.Side;
}
