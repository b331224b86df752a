using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelCompiler;

/// <summary>A model that a package carries compressed with gzip (RFC 1952), since nothing else compresses it there.</summary>
internal static class CompressedModel
{
    public const string Ending = ".gz";

    public static bool Is(string path) => path.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>The model's bytes.</summary>
    /// <param name="compressed">The compressed file.</param>
    /// <param name="name">What to call it in a message.</param>
    /// <exception cref="ModelLoadException">The file is damaged.</exception>
    public static byte[] Unpack(byte[] compressed, string name)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            gzip.CopyTo(bytes);
            return bytes.Length == LengthWritten(compressed) ? bytes.ToArray() : throw new InvalidDataException("It ends too early.");
        }
        catch (InvalidDataException error)
        {
            throw new ModelLoadException($"{name} cannot be unpacked: {error.Message} Build the app again, so that it carries the whole file.", error);
        }
    }

    /// <summary>The last field of the file, ISIZE: .NET takes a file that was cut off for one that ended.</summary>
    private static uint LengthWritten(byte[] compressed) =>
        compressed.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(compressed.AsSpan(compressed.Length - sizeof(uint)));
}
