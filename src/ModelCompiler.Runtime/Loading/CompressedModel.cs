using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelCompiler;

/// <summary>A model that a package carries compressed with gzip (RFC 1952), since nothing else compresses it there.</summary>
internal static class CompressedModel
{
    public const string Ending = ".gz";

    public static bool Is(string path) => path.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>The model's bytes.</summary>
    /// <param name="path">The compressed file.</param>
    /// <param name="name">What to call it in a message.</param>
    /// <exception cref="ModelLoadException">The file is absent or damaged.</exception>
    public static byte[] Read(string path, string name)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            gzip.CopyTo(bytes);
            return bytes.Length == LengthWritten(file) ? bytes.ToArray() : throw new InvalidDataException("It ends too early.");
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ModelLoadException($"{name} cannot be unpacked: {error.Message} Build the app again, so that it carries the whole file.", error);
        }
    }

    /// <summary>The last field of the file, ISIZE: .NET takes a file that was cut off for one that ended.</summary>
    private static uint LengthWritten(FileStream file)
    {
        Span<byte> field = stackalloc byte[sizeof(uint)];
        if (file.Length < field.Length)
            return 0;
        file.Position = file.Length - field.Length;
        file.ReadExactly(field);
        return BinaryPrimitives.ReadUInt32LittleEndian(field);
    }
}
