using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelCompiler.Calibration;

/// <summary>
/// Reads the stored numbers of a PNG file with one channel (PNG specification, third edition): gray values as they are, and palette indices, where a decoder for pictures
/// would give colours.
/// </summary>
internal static class IndexPng
{
    /// <summary>More pixels than this are no mask; the limit keeps a small file from asking for much memory.</summary>
    private const long MostPixels = 1L << 28;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The numbers, row after row, at the depth of the file: 0 or 1 for one bit.</summary>
    /// <exception cref="InvalidDataException">No such file, or a damaged one; the message says why.</exception>
    public static (int Width, int Height, ushort[] Values) Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
            throw new InvalidDataException("it is no PNG file");
        ReadOnlySpan<byte> header = default;
        using var packed = new MemoryStream();
        for (var rest = file[Signature.Length..]; rest.Length >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
                break;
            var type = rest.Slice(4, 4);
            var data = rest.Slice(8, (int)length);
            if (type.SequenceEqual("IHDR"u8))
                header = data;
            else if (type.SequenceEqual("IDAT"u8))
                packed.Write(data);
            rest = rest[((int)length + 12)..];
        }

        var (width, height, depth) = Size(header);
        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        return (width, height, Values(unpacked, width, height, depth));
    }

    private static (int Width, int Height, int Depth) Size(ReadOnlySpan<byte> header)
    {
        if (header.Length != 13)
            throw new InvalidDataException("its header is damaged");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        var (depth, color) = (header[8], header[9]);
        if (color is not (0 or 3) || depth is not (1 or 2 or 4 or 8 or 16))
            throw new InvalidDataException("it has several channels. A mask is a gray PNG whose value is the class, or one with a palette whose index is");
        if (header[12] != 0)
            throw new InvalidDataException("it is interlaced. Save it without");
        return width > 0 && height > 0 && (long)width * height <= MostPixels
            ? ((int)width, (int)height, depth)
            : throw new InvalidDataException(FormattableString.Invariant($"its size is {width}x{height}"));
    }

    private static ushort[] Values(Stream rows, int width, int height, int depth)
    {
        var bytes = (int)((((long)width * depth) + 7) / 8);
        var step = Math.Max(1, depth / 8);
        var (row, above) = (new byte[bytes], new byte[bytes]);
        var values = new ushort[width * height];
        for (var y = 0; y < height; y++)
        {
            var filter = rows.ReadByte();
            rows.ReadExactly(row);
            Unfilter(filter, row, above, step);
            for (var x = 0; x < width; x++)
                values[(y * width) + x] = Value(row, x, depth);
            (row, above) = (above, row);
        }

        return values;
    }

    private static ushort Value(byte[] row, int x, int depth) => depth switch
    {
        16 => BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(2 * x)),
        8 => row[x],
        _ => (ushort)((row[x * depth / 8] >> (8 - depth - (x * depth % 8))) & ((1 << depth) - 1)),   // the leftmost pixel is in the high bits
    };

    /// <summary>A row as it was before its filter (section 9).</summary>
    private static void Unfilter(int filter, byte[] row, byte[] above, int step)
    {
        if (filter is < 0 or > 4)
            throw new InvalidDataException("its pixels are damaged");
        for (var i = 0; i < row.Length; i++)
        {
            var (left, up, corner) = (i < step ? 0 : row[i - step], above[i], i < step ? 0 : above[i - step]);
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => 0,
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (byLeft, byUp, byCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }
}
