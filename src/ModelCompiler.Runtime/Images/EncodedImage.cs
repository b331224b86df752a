using System.Buffers.Binary;
using System.Globalization;

namespace ModelCompiler;

/// <summary>Tells the formats of image files apart, and refuses what the native decoder must not be given.</summary>
/// <remarks>
/// ONNX Runtime Extensions hands everything that is not a PNG to libjpeg with its standard error manager, which ends the process on an
/// error, and waits without end for the rest of a file that was cut off. So both are found out here.
/// </remarks>
internal static class EncodedImage
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    private const int MaxSide = 16384;
    private const int MaxPixels = 100 * 1024 * 1024;

    /// <summary>The part of the bytes that is the image: what follows a JPEG's end is left away.</summary>
    /// <exception cref="ImageDecodeException">The bytes are no JPEG or PNG file, or not all of one.</exception>
    public static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty)
            throw new ImageDecodeException("There are no bytes.");
        if (encoded.StartsWith(PngSignature))
            return PngProblem(encoded) is { } damage ? throw new ImageDecodeException($"The PNG image of {Length(encoded)} bytes cannot be decoded: {damage}.") : encoded;
        if (!encoded.StartsWith(JpegStart))
            throw new ImageDecodeException($"The {Length(encoded)} bytes are neither a JPEG nor a PNG image.");
        if (JpegStructure.Problem(encoded, out var length) is { } problem)
            throw new ImageDecodeException($"The JPEG image of {Length(encoded)} bytes cannot be decoded: {problem}.");

        return encoded[..length];
    }

    /// <summary>Why an image of this size is not decoded; null where it is. A few bytes can declare more pixels than there is memory.</summary>
    public static string? SizeProblem(uint width, uint height) =>
        width is 0 or > MaxSide || height is 0 or > MaxSide || width * height > MaxPixels
            ? string.Create(CultureInfo.InvariantCulture, $"its size of {width}×{height} pixels is zero, or over the limit of {MaxSide} a side and {MaxPixels} in all")
            : null;

    public static string DamagedMessage(ReadOnlySpan<byte> encoded)
    {
        var format = encoded.StartsWith(PngSignature) ? "PNG" : "JPEG";
        return $"The {format} image of {Length(encoded)} bytes is damaged or incomplete.";
    }

    /// <summary>The size stands at a fixed place: signature, length and name of the first chunk, width, height (PNG specification, 11.2.1).</summary>
    private static string? PngProblem(ReadOnlySpan<byte> png) => png.Length < 24
        ? "it ends in its header"
        : SizeProblem(BinaryPrimitives.ReadUInt32BigEndian(png[16..]), BinaryPrimitives.ReadUInt32BigEndian(png[20..]));

    private static string Length(ReadOnlySpan<byte> encoded) => encoded.Length.ToString("N0", CultureInfo.InvariantCulture);
}
