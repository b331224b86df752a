namespace ModelCompiler.Tests.Images;

/// <summary>Reproducible images, their rows padded with bytes that must never be read as pixels.</summary>
internal sealed class TestImage
{
    private readonly byte[] _bytes;

    private TestImage(PixelFormat format, int width, int height, int stride, byte[] bytes)
    {
        (Format, Width, Height, Stride) = (format, width, height, stride);
        _bytes = bytes;
    }

    public PixelFormat Format { get; }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    public PixelBuffer Pixels => Format switch
    {
        PixelFormat.Rgb => PixelBuffer.Rgb(_bytes, Width, Height, Stride),
        PixelFormat.Rgba => PixelBuffer.Rgba(_bytes, Width, Height, Stride),
        PixelFormat.Bgr => PixelBuffer.Bgr(_bytes, Width, Height, Stride),
        PixelFormat.Bgra => PixelBuffer.Bgra(_bytes, Width, Height, Stride),
        _ => PixelBuffer.Gray(_bytes, Width, Height, Stride),
    };

    public ReferenceImage Reference => new(Width, Height, (x, y) =>
    {
        var pixel = _bytes.AsSpan((y * Stride) + (x * BytesPerPixel(Format)), BytesPerPixel(Format));
        return Format switch
        {
            PixelFormat.Gray => ReferencePixel.FromGray(pixel[0]),
            PixelFormat.Rgb or PixelFormat.Rgba => ReferencePixel.FromRgb(pixel[0], pixel[1], pixel[2]),
            _ => ReferencePixel.FromRgb(pixel[2], pixel[1], pixel[0]),
        };
    });

    /// <summary>The formats of one plane.</summary>
    public static PixelFormat[] Formats => [PixelFormat.Gray, PixelFormat.Rgb, PixelFormat.Rgba, PixelFormat.Bgr, PixelFormat.Bgra];

    public static int BytesPerPixel(PixelFormat format) => format switch
    {
        PixelFormat.Gray => 1,
        PixelFormat.Rgb or PixelFormat.Bgr => 3,
        _ => 4,
    };

    /// <summary>Uniform noise, the hardest case for a filter; the last row ends with its last pixel.</summary>
    public static TestImage Noise(Random random, PixelFormat format, int width, int height, int padding = 0)
    {
        var stride = (width * BytesPerPixel(format)) + padding;
        var bytes = new byte[((height - 1) * stride) + (width * BytesPerPixel(format))];
        random.NextBytes(bytes);
        return new TestImage(format, width, height, stride, bytes);
    }
}
