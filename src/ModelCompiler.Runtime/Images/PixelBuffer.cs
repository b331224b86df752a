using System.Globalization;

namespace ModelCompiler;

/// <summary>A view of an image in the caller's memory: nothing is copied, nothing is owned.</summary>
/// <remarks>
/// Create one with the method named after the pixel format, for example <c>PixelBuffer.Rgba(bytes, width, height)</c>. What a camera
/// holds sideways or mirrored becomes upright with <see cref="Rotated"/> and <see cref="Mirrored"/>; they and <see cref="Crop"/> are
/// views too, follow each other in any order, and cost no time when the image becomes a model's input.
/// </remarks>
public readonly ref partial struct PixelBuffer
{
    private PixelBuffer(ReadOnlySpan<byte> bytes, int width, int height, int stride, PixelFormat format)
    {
        Bytes = bytes;
        Width = width;
        Height = height;
        Stride = stride;
        Format = format;
    }

    /// <summary>The pixels as they lie in memory, row after row from the first used one on; for <see cref="PixelFormat.Yuv420"/> the plane of luma.</summary>
    public ReadOnlySpan<byte> Bytes { get; private init; }

    /// <summary>Pixels in a row of the upright image.</summary>
    public int Width { get; private init; }

    /// <summary>Rows of the upright image.</summary>
    public int Height { get; private init; }

    /// <summary>Bytes from the start of one row in memory to the start of the next.</summary>
    public int Stride { get; }

    /// <summary>The order of a pixel's bytes.</summary>
    public PixelFormat Format { get; }

    /// <summary>Bytes that one pixel takes in <see cref="Bytes"/>: 1, 3 or 4.</summary>
    public int BytesPerPixel => SizeOf(Format);

    /// <summary>True for <c>default(PixelBuffer)</c>, which holds no image.</summary>
    public bool IsEmpty => Width == 0;

    /// <summary>How the rows and columns in memory become those of the upright image.</summary>
    internal Orientation Orientation { get; private init; }

    /// <summary>The planes of colour, where <see cref="Format"/> has them.</summary>
    internal ChromaPlanes Chroma { get; private init; }

    /// <summary>The image turned clockwise.</summary>
    /// <param name="degrees">0, 90, 180 or 270: what a camera says to make its image upright.</param>
    /// <exception cref="ArgumentException">Another angle.</exception>
    public PixelBuffer Rotated(int degrees) => degrees switch
    {
        0 => this,
        90 => this with { Width = Height, Height = Width, Orientation = Orientation.Rotated() },
        180 => Rotated(90).Rotated(90),
        270 => Rotated(180).Rotated(90),
        _ => throw new ArgumentException(Text($"An image is turned by 0, 90, 180 or 270 degrees, not by {degrees}."), nameof(degrees)),
    };

    /// <summary>The image with left and right exchanged, as front cameras show it.</summary>
    public PixelBuffer Mirrored() => this with { Orientation = Orientation.Mirrored() };

    /// <summary>A part of the image.</summary>
    /// <param name="x">First column, in pixels of the upright image.</param>
    /// <param name="y">First row.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentException">The part has no pixels, or is not inside the image.</exception>
    public PixelBuffer Crop(int x, int y, int width, int height)
    {
        CheckSize(width, height);
        if (x < 0 || y < 0 || x > Width - width || y > Height - height)
            throw new ArgumentException(Text($"The part of {width}×{height} pixels at ({x}, {y}) is not inside an image of {Width}×{Height}."), x < 0 || x > Width - width ? nameof(x) : nameof(y));

        var (column, row) = Orientation.InMemory(new PixelRectangle(x, y, width, height), Width, Height);
        return this with
        {
            Bytes = Bytes[((row * Stride) + (column * BytesPerPixel))..],
            Width = width,
            Height = height,
            Chroma = Chroma.From(column, row),
        };
    }

    /// <summary>A copy of the upright image: tightly packed pixels of 3 bytes (red, green, blue), whatever the format.</summary>
    public byte[] ToRgb()
    {
        if (IsEmpty)
            return [];
        var values = new float[checked(Width * Height * 3)];
        new ImagePreprocessing { Layout = TensorLayout.Nhwc }.Fill(this, values);
        return Array.ConvertAll(values, static value => (byte)MathF.Round(value));
    }

    private static void CheckSize(int width, int height)
    {
        if (width <= 0 || height <= 0)
            throw new ArgumentException(Text($"An image needs at least 1×1 pixels, but {width}×{height} was given."), width <= 0 ? nameof(width) : nameof(height));
    }

    private static void CheckPlane(
        ReadOnlySpan<byte> bytes, string bytesName, int width, int height, int bytesPerPixel, int stride, string strideName, string pixels)
    {
        var row = (long)width * bytesPerPixel;
        if (stride < row)
            throw new ArgumentException(Text($"The stride is {stride} bytes, but a row of {width} {pixels} takes {row}."), strideName);

        var expected = ((long)(height - 1) * stride) + row;
        if (bytes.Length < expected)
            throw Mismatch(bytes, bytesName, width, height, pixels, Text($"at least {expected} with stride {stride}"));
    }

    private static ArgumentException Mismatch(ReadOnlySpan<byte> bytes, string name, int width, int height, string pixels, string expected) =>
        new(Text($"{width}×{height} {pixels} take {expected} bytes, but {bytes.Length} were given."), name);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static int SizeOf(PixelFormat format) => format switch
    {
        PixelFormat.Gray or PixelFormat.Yuv420 => 1,
        PixelFormat.Rgb or PixelFormat.Bgr => 3,
        _ => 4,
    };
}
