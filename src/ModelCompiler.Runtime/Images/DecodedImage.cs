namespace ModelCompiler;

/// <summary>An image that was decoded from a JPEG or PNG file: 8 bits a channel, red, green, blue.</summary>
public sealed class DecodedImage
{
    private readonly byte[] _bytes;

    internal DecodedImage(byte[] bytes, int width, int height)
    {
        _bytes = bytes;
        Width = width;
        Height = height;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The pixels, to give to a model.</summary>
    public PixelBuffer Pixels => PixelBuffer.Rgb(_bytes, Width, Height);

    /// <summary>The same bytes: <c>Height · Width · 3</c>, row after row.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;
}
