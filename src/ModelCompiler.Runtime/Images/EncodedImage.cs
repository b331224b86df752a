using System.Globalization;

namespace ModelCompiler;

/// <summary>Tells the formats of image files apart, and refuses what the native decoder must not be given.</summary>
/// <remarks>
/// ONNX Runtime Extensions hands everything that is not a PNG to libjpeg with its standard error manager, which ends the process on an
/// error, and waits forever for the end of a file that was cut off. So both are found out here.
/// </remarks>
internal static class EncodedImage
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> JpegEnd => [0xFF, 0xD9];

    /// <exception cref="ImageDecodeException">The bytes are no JPEG or PNG file, or not all of one.</exception>
    public static void Check(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty)
            throw new ImageDecodeException("There are no bytes.");
        if (encoded.StartsWith(PngSignature))
            return;
        if (!encoded.StartsWith(JpegStart))
            throw new ImageDecodeException($"The {Length(encoded)} bytes are neither a JPEG nor a PNG image.");
        if (encoded.LastIndexOf(JpegEnd) < 0)
            throw new ImageDecodeException(DamagedMessage(encoded));
    }

    public static string DamagedMessage(ReadOnlySpan<byte> encoded)
    {
        var format = encoded.StartsWith(PngSignature) ? "PNG" : "JPEG";
        return $"The {format} image of {Length(encoded)} bytes is damaged or incomplete.";
    }

    private static string Length(ReadOnlySpan<byte> encoded) => encoded.Length.ToString("N0", CultureInfo.InvariantCulture);
}
