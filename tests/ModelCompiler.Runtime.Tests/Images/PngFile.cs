using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelCompiler.Tests.Images;

/// <summary>The simplest PNG files: 8 bits a channel, no filter, one IDAT chunk (PNG specification, sections 5 and 11).</summary>
internal static class PngFile
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="pixels">Row after row, tightly packed.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="colorType">0 gray, 2 RGB, 6 RGBA.</param>
    public static byte[] Write(ReadOnlySpan<byte> pixels, int width, int height, byte colorType)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = colorType;
        return [.. Signature, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, Compress(pixels, height)), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int height)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Fastest))
        {
            var row = pixels.Length / height;
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(y * row, row));
            }
        }

        return stream.ToArray();
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    // CRC-32 with the polynomial of the PNG specification, annex D, one bit at a time.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
