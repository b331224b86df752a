namespace ModelCompiler;

/// <content>Images whose pixels lie one after the other.</content>
public readonly ref partial struct PixelBuffer
{
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
        var expected = (Int128)width * height * SizeOf(format);
        if (bytes.Length != expected)
            throw Mismatch(bytes, nameof(bytes), width, height, Pixels(format), Text($"exactly {expected}"));

        return new PixelBuffer(bytes, width, height, width * SizeOf(format), format);
    }

    private static PixelBuffer Strided(ReadOnlySpan<byte> bytes, int width, int height, int stride, PixelFormat format)
    {
        CheckSize(width, height);
        CheckPlane(bytes, nameof(bytes), width, height, SizeOf(format), stride, nameof(stride), Pixels(format));
        return new PixelBuffer(bytes, width, height, stride, format);
    }

    // Constants, since they are only needed for messages.
    private static string Pixels(PixelFormat format) => format switch
    {
        PixelFormat.Rgb => "Rgb pixels",
        PixelFormat.Rgba => "Rgba pixels",
        PixelFormat.Bgr => "Bgr pixels",
        PixelFormat.Bgra => "Bgra pixels",
        _ => "Gray pixels",
    };
}
