using System.Buffers.Binary;
using System.IO.Compression;
using ModelCompiler.Calibration;
using ModelCompiler.Tests.Images;

namespace ModelCompiler.Tests.Calibration;

public sealed class IndexPngTests
{
    private const byte Gray = 0, Color = 2, Palette = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void EveryDepthIsReadThroughEveryFilter(int depth)
    {
        // 5 pixels a row, so that rows of few bits end within a byte; one row for each filter, and more.
        var random = new Random(7);
        ushort[] values = [.. Enumerable.Range(0, 5 * 8).Select(_ => (ushort)random.Next(Math.Min(1 << depth, 400)))];

        var (width, height, read) = IndexPng.Read(Written(values, 5, 8, depth, depth == 16 ? Gray : Palette));

        (width, height).ShouldBe((5, 8));
        read.ShouldBe(values);
    }

    [Fact]
    public void AGrayFileOfAnotherWriterIsRead() =>
        IndexPng.Read(PngFile.Write([1, 2, 3, 255, 5, 6], 3, 2, Gray)).Values.ShouldBe([1, 2, 3, 255, 5, 6]);

    [Fact]
    public void ColoursAreNoClasses() =>
        Should.Throw<InvalidDataException>(() => IndexPng.Read(PngFile.Write(new byte[12], 2, 2, Color))).Message.ShouldContain("several channels");

    [Theory]
    [InlineData(4)]      // no signature
    [InlineData(20)]     // no header
    [InlineData(50)]     // no pixels
    public void AFileThatEndsTooSoonIsDamaged(int length)
    {
        var file = PngFile.Write([1, 2, 3, 4], 2, 2, Gray)[..length];

        (Record.Exception(() => IndexPng.Read(file)) is InvalidDataException or EndOfStreamException).ShouldBeTrue();
    }

    [Fact]
    public void AHugeSizeIsNotBelieved()
    {
        var file = PngFile.Write([1], 1, 1, Gray);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(16), 0x7FFFFFFF);

        Should.Throw<InvalidDataException>(() => IndexPng.Read(file)).Message.ShouldContain("its size is 2147483647x1");
    }

    /// <summary>A file whose rows have the filters 0, 1, 2, 3, 4, 0, 1, …</summary>
    private static byte[] Written(ushort[] values, int width, int height, int depth, byte color)
    {
        var file = PngFile.Write(new byte[width * height], width, height, Gray);
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.Fastest))
        {
            var above = new byte[((width * depth) + 7) / 8];
            for (var y = 0; y < height; y++)
            {
                var row = Packed(values.AsSpan(y * width, width), depth);
                zlib.WriteByte((byte)(y % 5));
                zlib.Write(Filtered(row, above, y % 5, Math.Max(1, depth / 8)));
                above = row;
            }
        }

        file[24] = (byte)depth;
        file[25] = color;
        var pixels = rows.ToArray();
        var chunk = new byte[12 + pixels.Length];   // without its checksum, which nobody asks for
        BinaryPrimitives.WriteInt32BigEndian(chunk, pixels.Length);
        "IDAT"u8.CopyTo(chunk.AsSpan(4));
        pixels.CopyTo(chunk, 8);
        return [.. file.AsSpan(0, 33), .. chunk];
    }

    private static byte[] Packed(ReadOnlySpan<ushort> values, int depth)
    {
        var row = new byte[((values.Length * depth) + 7) / 8];
        for (var x = 0; x < values.Length; x++)
        {
            if (depth == 16)
                BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(2 * x), values[x]);
            else
                row[x * depth / 8] |= (byte)(values[x] << (8 - depth - (x * depth % 8)));
        }

        return row;
    }

    private static byte[] Filtered(byte[] row, byte[] above, int filter, int step) => [.. row.Select((value, i) =>
    {
        var (left, up, corner) = (i < step ? 0 : row[i - step], (int)above[i], i < step ? 0 : above[i - step]);
        var guess = left + up - corner;
        var nearest = new[] { left, up, corner }.MinBy(candidate => Math.Abs(guess - candidate));
        return (byte)(value - (filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => nearest, _ => 0 }));
    })];
}
