using System.Globalization;

namespace ModelCompiler;

/// <summary>A view of an image in the caller's memory: nothing is copied, nothing is owned.</summary>
/// <remarks>
/// Rows lie top to bottom, <see cref="Stride"/> bytes apart. Create one with the method named after the pixel format, for example
/// <c>PixelBuffer.Rgba(bytes, width, height)</c>.
/// </remarks>
public readonly ref struct PixelBuffer
{
    private PixelBuffer(ReadOnlySpan<byte> bytes, int width, int height, int stride, PixelFormat format)
    {
        Bytes = bytes;
        Width = width;
        Height = height;
        Stride = stride;
        Format = format;
    }

    /// <summary>The pixels, row after row.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from the start of one row to the start of the next.</summary>
    public int Stride { get; }

    /// <summary>The order of a pixel's bytes.</summary>
    public PixelFormat Format { get; }

    /// <summary>Bytes that one pixel takes: 1, 3 or 4.</summary>
    public int BytesPerPixel => SizeOf(Format);

    /// <summary>True for <c>default(PixelBuffer)</c>, which holds no image.</summary>
    public bool IsEmpty => Width == 0;

    /// <summary>Tightly packed pixels of 3 bytes: red, green, blue.</summary>
    /// <param name="bytes">Exactly <c>width · height · 3</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the number of bytes does not fit it.</exception>
    public static PixelBuffer Rgb(ReadOnlySpan<byte> bytes, int width, int height) => Packed(bytes, width, height, PixelFormat.Rgb);

    /// <summary>Pixels of 3 bytes (red, green, blue) in rows that start <paramref name="stride"/> bytes apart.</summary>
    /// <param name="bytes">At least <c>(height − 1) · stride + width · 3</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next, at least <c>width · 3</c>.</param>
    /// <exception cref="ArgumentException">A size is not positive, the stride is shorter than a row, or there are too few bytes.</exception>
    public static PixelBuffer Rgb(ReadOnlySpan<byte> bytes, int width, int height, int stride) =>
        Strided(bytes, width, height, stride, PixelFormat.Rgb);

    /// <summary>Tightly packed pixels of 4 bytes: red, green, blue, alpha.</summary>
    /// <param name="bytes">Exactly <c>width · height · 4</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the number of bytes does not fit it.</exception>
    public static PixelBuffer Rgba(ReadOnlySpan<byte> bytes, int width, int height) => Packed(bytes, width, height, PixelFormat.Rgba);

    /// <summary>Pixels of 4 bytes (red, green, blue, alpha) in rows that start <paramref name="stride"/> bytes apart.</summary>
    /// <param name="bytes">At least <c>(height − 1) · stride + width · 4</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next, at least <c>width · 4</c>.</param>
    /// <exception cref="ArgumentException">A size is not positive, the stride is shorter than a row, or there are too few bytes.</exception>
    public static PixelBuffer Rgba(ReadOnlySpan<byte> bytes, int width, int height, int stride) =>
        Strided(bytes, width, height, stride, PixelFormat.Rgba);

    /// <summary>Tightly packed pixels of 3 bytes: blue, green, red.</summary>
    /// <param name="bytes">Exactly <c>width · height · 3</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the number of bytes does not fit it.</exception>
    public static PixelBuffer Bgr(ReadOnlySpan<byte> bytes, int width, int height) => Packed(bytes, width, height, PixelFormat.Bgr);

    /// <summary>Pixels of 3 bytes (blue, green, red) in rows that start <paramref name="stride"/> bytes apart.</summary>
    /// <param name="bytes">At least <c>(height − 1) · stride + width · 3</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next, at least <c>width · 3</c>.</param>
    /// <exception cref="ArgumentException">A size is not positive, the stride is shorter than a row, or there are too few bytes.</exception>
    public static PixelBuffer Bgr(ReadOnlySpan<byte> bytes, int width, int height, int stride) =>
        Strided(bytes, width, height, stride, PixelFormat.Bgr);

    /// <summary>Tightly packed pixels of 4 bytes: blue, green, red, alpha.</summary>
    /// <param name="bytes">Exactly <c>width · height · 4</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the number of bytes does not fit it.</exception>
    public static PixelBuffer Bgra(ReadOnlySpan<byte> bytes, int width, int height) => Packed(bytes, width, height, PixelFormat.Bgra);

    /// <summary>Pixels of 4 bytes (blue, green, red, alpha) in rows that start <paramref name="stride"/> bytes apart.</summary>
    /// <param name="bytes">At least <c>(height − 1) · stride + width · 4</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next, at least <c>width · 4</c>.</param>
    /// <exception cref="ArgumentException">A size is not positive, the stride is shorter than a row, or there are too few bytes.</exception>
    public static PixelBuffer Bgra(ReadOnlySpan<byte> bytes, int width, int height, int stride) =>
        Strided(bytes, width, height, stride, PixelFormat.Bgra);

    /// <summary>Tightly packed pixels of 1 byte: luminance.</summary>
    /// <param name="bytes">Exactly <c>width · height</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the number of bytes does not fit it.</exception>
    public static PixelBuffer Gray(ReadOnlySpan<byte> bytes, int width, int height) => Packed(bytes, width, height, PixelFormat.Gray);

    /// <summary>Pixels of 1 byte (luminance) in rows that start <paramref name="stride"/> bytes apart.</summary>
    /// <param name="bytes">At least <c>(height − 1) · stride + width</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next, at least <c>width</c>.</param>
    /// <exception cref="ArgumentException">A size is not positive, the stride is shorter than a row, or there are too few bytes.</exception>
    public static PixelBuffer Gray(ReadOnlySpan<byte> bytes, int width, int height, int stride) =>
        Strided(bytes, width, height, stride, PixelFormat.Gray);

    private static PixelBuffer Packed(ReadOnlySpan<byte> bytes, int width, int height, PixelFormat format)
    {
        CheckSize(width, height);
        var expected = (long)width * height * SizeOf(format);
        if (bytes.Length != expected)
            throw Mismatch(bytes, width, height, format, Text($"exactly {expected}"));

        return new PixelBuffer(bytes, width, height, width * SizeOf(format), format);
    }

    private static PixelBuffer Strided(ReadOnlySpan<byte> bytes, int width, int height, int stride, PixelFormat format)
    {
        CheckSize(width, height);
        var row = (long)width * SizeOf(format);
        if (stride < row)
            throw new ArgumentException(Text($"The stride is {stride} bytes, but a row of {width} {format} pixels takes {row}."), nameof(stride));

        var expected = ((long)(height - 1) * stride) + row;
        if (bytes.Length < expected)
            throw Mismatch(bytes, width, height, format, Text($"at least {expected} with stride {stride}"));

        return new PixelBuffer(bytes, width, height, stride, format);
    }

    private static void CheckSize(int width, int height)
    {
        if (width <= 0 || height <= 0)
            throw new ArgumentException(Text($"An image needs at least 1×1 pixels, but {width}×{height} was given."), width <= 0 ? nameof(width) : nameof(height));
    }

    private static ArgumentException Mismatch(ReadOnlySpan<byte> bytes, int width, int height, PixelFormat format, string expected) =>
        new(Text($"{width}×{height} {format} pixels take {expected} bytes, but {bytes.Length} were given."), nameof(bytes));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static int SizeOf(PixelFormat format) => format switch
    {
        PixelFormat.Gray => 1,
        PixelFormat.Rgb or PixelFormat.Bgr => 3,
        _ => 4,
    };
}
