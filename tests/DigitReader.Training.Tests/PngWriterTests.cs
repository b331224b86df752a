using System.Buffers.Binary;
using System.IO.Compression;
using DigitReader.Training.Drawing;

namespace DigitReader.Training.Tests;

public sealed class PngWriterTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".png");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void WritesTheChunksOfAGrayPicture()
    {
        var image = new GrayImage(3, 2);
        byte[] pixels = [0, 50, 100, 150, 200, 250];
        pixels.CopyTo(image.Pixels, 0);
        PngWriter.Write(_path, image);

        var bytes = File.ReadAllBytes(_path);
        bytes.AsSpan(0, 8).ToArray().ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        bytes.AsSpan(16, 10).ToArray().ShouldBe([0, 0, 0, 3, 0, 0, 0, 2, 8, 0]);
        Rows(bytes).ShouldBe([0, 0, 50, 100, 0, 150, 200, 250]);
        bytes.AsSpan(bytes.Length - 8).ToArray().ShouldBe([.. "IEND"u8, 0xAE, 0x42, 0x60, 0x82], "the end chunk and its published checksum");
    }

    private static byte[] Rows(byte[] png)
    {
        const int data = 33;
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(data));
        using var zlib = new ZLibStream(new MemoryStream(png, data + 8, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        return rows.ToArray();
    }
}
