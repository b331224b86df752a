using System.Buffers.Binary;
using System.IO.Compression;

namespace ObjectDetector.Drawing;

/// <summary>Writes PNG files of 8 bits a channel, red, green, blue (PNG specification, sections 5, 9 and 11).</summary>
internal static class PngFile
{
    private const byte TrueColor = 2;
    private const byte FilterUp = 2;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static void Write(string path, Canvas picture)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        (header[8], header[9]) = (8, TrueColor);

        using var file = File.Create(path);
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(picture.Bytes, 3 * picture.Width));
        WriteChunk(file, "IEND"u8, []);
    }

    /// <summary>Each row as its difference to the row above, which is small in photos.</summary>
    private static byte[] Compress(ReadOnlySpan<byte> pixels, int rowLength)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            var row = new byte[1 + rowLength];
            row[0] = FilterUp;
            for (var start = 0; start < pixels.Length; start += rowLength)
            {
                for (var i = 0; i < rowLength; i++)
                    row[1 + i] = (byte)(pixels[start + i] - (start == 0 ? 0 : pixels[start + i - rowLength]));
                zlib.Write(row);
            }
        }

        return compressed.ToArray();
    }

    /// <summary>Its length, its type, its data, and a checksum of the last two.</summary>
    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc32(Crc32(uint.MaxValue, type), data));
        file.Write(number);
    }

    /// <summary>CRC-32 with the polynomial of the PNG specification, annex D, one bit at a time.</summary>
    private static uint Crc32(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return crc;
    }
}
