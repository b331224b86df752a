using System.Numerics.Tensors;

namespace ModelCompiler.Calibration;

/// <summary>An image in memory: 8 bits a channel, red, green, blue, row after row without gaps.</summary>
/// <param name="bytes"><c>height · width · 3</c> of them; nobody changes them any more.</param>
/// <param name="width">Pixels in a row.</param>
/// <param name="height">Rows.</param>
internal sealed class RgbImage(ReadOnlyMemory<byte> bytes, int width, int height)
{
    public const int Channels = 3;

    public ReadOnlySpan<byte> Bytes => bytes.Span;

    public int Width => width;

    public int Height => height;

    /// <summary>The pixels, to give to a model.</summary>
    public PixelBuffer Pixels => PixelBuffer.Rgb(bytes.Span, width, height);

    /// <summary>An image of the nearest bytes, 0 and 255 at the ends.</summary>
    /// <param name="values">In the order of the bytes; overwritten.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static RgbImage Nearest(Span<float> values, int width, int height)
    {
        var bytes = new byte[values.Length];
        TensorPrimitives.Round(values, values);
        TensorPrimitives.ConvertSaturating<float, byte>(values, bytes);
        return new RgbImage(bytes, width, height);
    }

    /// <summary>The channels as numbers from 0 to 255, in the order of the bytes.</summary>
    public float[] ToFloats()
    {
        var values = new float[bytes.Length];
        TensorPrimitives.ConvertChecked<byte, float>(bytes.Span, values);
        return values;
    }
}
