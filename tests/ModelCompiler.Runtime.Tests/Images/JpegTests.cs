namespace ModelCompiler.Tests.Images;

/// <summary>A damaged JPEG is an exception; given to the native decoder, it would end this process or never return.</summary>
public class JpegTests
{
    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "ends before its image is complete", new TinyJpeg().With(0xDB, TinyJpeg.Quantization).With(0xC4, TinyJpeg.Huffman).With(0xC0, TinyJpeg.Frame).With(0xDA, TinyJpeg.Scan).Data().Cut() },
        { "ends before its image is complete", new TinyJpeg().With(0xDB, TinyJpeg.Quantization).With(0xC4, TinyJpeg.Huffman).With(0xC0, TinyJpeg.Frame).End() },
        { "ends in the middle of a segment", new TinyJpeg().With(0xDB, TinyJpeg.Quantization).Cut()[..40] },
        { "starts twice", [0xFF, 0xD8, .. TinyJpeg.Whole] },
        { "two frames", new TinyJpeg().With(0xC0, TinyJpeg.Frame).With(0xC0, TinyJpeg.Frame).End() },
        { "frame is missing", new TinyJpeg().With(0xDA, TinyJpeg.Scan).End() },
        { "frame is damaged", new TinyJpeg().With(0xC0, TinyJpeg.Frame[..^1]).End() },
        { "12 bits a sample", new TinyJpeg().With(0xC0, [12, .. TinyJpeg.Frame[1..]]).End() },
        { "4 color components", new TinyJpeg().With(0xC0, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0).End() },
        { "0×8 pixels", new TinyJpeg().With(0xC0, 8, 0, 8, 0, 0, 1, 1, 0x11, 0).End() },
        { "over the limit", new TinyJpeg().With(0xC0, 8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0).End() },
        { "two components have one name", new TinyJpeg().With(0xC0, 8, 0, 8, 0, 8, 3, 1, 0x11, 0, 1, 0x11, 0, 2, 0x11, 0).End() },
        { "sampling factors are damaged", new TinyJpeg().With(0xC0, 8, 0, 8, 0, 8, 1, 1, 0x51, 0).End() },
        { "not whole multiples", new TinyJpeg().With(0xC0, 8, 0, 8, 0, 8, 3, 1, 0x31, 0, 2, 0x21, 0, 3, 0x11, 0).End() },
        { "not supported", new TinyJpeg().With(0xC9, TinyJpeg.Frame).End() },
        { "Huffman tables are damaged", new TinyJpeg().With(0xC4, [0x00, 3, .. new byte[15], 0, 1, 2]).End() },
        { "Huffman tables are damaged", new TinyJpeg().With(0xC4, [0x00, 1, .. new byte[15], 16]).End() },
        { "Huffman tables are damaged", new TinyJpeg().With(0xC4, [0x04, 1, .. new byte[15], 0]).End() },
        { "quantization tables are damaged", new TinyJpeg().With(0xDB, TinyJpeg.Quantization[..^1]).End() },
        { "restart interval is damaged", new TinyJpeg().With(0xDD, 0).End() },
        { "table that was not defined", new TinyJpeg().With(0xC4, TinyJpeg.Huffman).With(0xC0, TinyJpeg.Frame).With(0xDA, TinyJpeg.Scan).Data().End() },
        { "table that was not defined", new TinyJpeg().With(0xDB, TinyJpeg.Quantization).With(0xC0, TinyJpeg.Frame).With(0xDA, TinyJpeg.Scan).Data().End() },
        { "component that is not there", new TinyJpeg().With(0xC0, TinyJpeg.Frame).With(0xDA, 1, 9, 0, 0, 63, 0).End() },
        { "progression is damaged", new TinyJpeg().With(0xDB, TinyJpeg.Quantization).With(0xC4, TinyJpeg.Huffman).With(0xC2, TinyJpeg.Frame).With(0xDA, 1, 1, 0, 0, 63, 0).Data().End() },
        { "a scan too many", new TinyJpeg().With(0xDB, TinyJpeg.Quantization).With(0xC4, TinyJpeg.Huffman).With(0xC0, TinyJpeg.Frame).With(0xDA, TinyJpeg.Scan).Data().With(0xDA, TinyJpeg.Scan).Data().End() },
    };

    [Fact]
    public void DecodesTheSmallestJpeg()
    {
        var image = ImageDecoder.Decode(TinyJpeg.Whole);

        (image.Width, image.Height).ShouldBe((8, 8));
        image.Bytes.ToArray().ShouldAllBe(value => value == 128);
    }

    [Fact]
    public void WhatFollowsTheEndIsLeftAway() =>
        ImageDecoder.Decode([.. TinyJpeg.Whole, 0xFF, 0xDA, 1, 2, 3]).Width.ShouldBe(8);

    [Theory]
    [MemberData(nameof(Damaged))]
    public void ADamagedFileIsRefusedWithItsDamage(string damage, byte[] file) =>
        Should.Throw<ImageDecodeException>(() => ImageDecoder.Decode(file)).Message.ShouldContain(damage);

    [Fact]
    public void NoDamageReachesTheNativeDecoder()
    {
        var random = new Random(5);
        var (decoded, refused) = (0, 0);
        for (var round = 0; round < 1500; round++)
        {
            try
            {
                ImageDecoder.Decode(Mutate(TinyJpeg.Whole, random));
                decoded++;
            }
            catch (ImageDecodeException)
            {
                refused++;
            }
        }

        decoded.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(100);
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        if (random.Next(3) == 0)
            return file[..random.Next(file.Length)];

        for (var changes = random.Next(1, 4); changes > 0; changes--)
            file[random.Next(3, file.Length)] = random.Next(4) == 0 ? (byte)0xFF : (byte)random.Next(256);
        return file;
    }
}
