namespace ModelCompiler.Tests.Images;

public class ImageDecoderTests
{
    private static readonly byte[] Colors = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30, 40, 50, 60, 70, 80, 90];

    [Fact]
    public void DecodesPngToRedGreenBlue()
    {
        var image = ImageDecoder.Decode(PngFile.Write(Colors, 3, 2, colorType: 2));

        (image.Width, image.Height).ShouldBe((3, 2));
        image.Bytes.ToArray().ShouldBe(Colors);
        image.Pixels.Format.ShouldBe(PixelFormat.Rgb);
    }

    [Fact]
    public void GrayPngBecomesColor()
    {
        var image = ImageDecoder.Decode(PngFile.Write([0, 100, 200, 255], 2, 2, colorType: 0));

        image.Bytes.ToArray().ShouldBe(new byte[] { 0, 0, 0, 100, 100, 100, 200, 200, 200, 255, 255, 255 });
    }

    [Fact]
    public void DecodesFromManyThreads()
    {
        var png = PngFile.Write(Colors, 3, 2, colorType: 2);

        Parallel.For(0, 100, _ => ImageDecoder.Decode(png).Bytes.ToArray().ShouldBe(Colors));
    }

    [Fact]
    public void BytesThatAreNoImageAreRefused() =>
        Should.Throw<ImageDecodeException>(() => ImageDecoder.Decode("version https://git-lfs"u8)).Message.ShouldContain("neither a JPEG nor a PNG");

    [Fact]
    public void NoBytesAreRefused() => Should.Throw<ImageDecodeException>(() => ImageDecoder.Decode([]));

    [Fact]
    public void ATruncatedPngIsRefused()
    {
        var png = PngFile.Write(Colors, 3, 2, colorType: 2);

        Should.Throw<ImageDecodeException>(() => ImageDecoder.Decode(png.AsSpan(0, 45))).Message.ShouldContain("PNG image of 45 bytes is damaged");
    }

    [Fact]
    public void APngThatDeclaresMorePixelsThanTheLimitIsRefusedBeforeMemoryIsTaken()
    {
        var png = PngFile.Write(Colors, 3, 2, colorType: 2);
        png[16] = 0x7F;

        Should.Throw<ImageDecodeException>(() => ImageDecoder.Decode(png)).Message.ShouldContain("over the limit");
        Should.Throw<ImageDecodeException>(() => ImageDecoder.Decode(png.AsSpan(0, 20))).Message.ShouldContain("ends in its header");
    }

    [Fact]
    public void AFileThatCannotBeDecodedIsNamed()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "not-an-image.jpg");
        File.WriteAllText(path, "hello");

        Should.Throw<ImageDecodeException>(() => ImageDecoder.DecodeFile(path)).Message.ShouldContain(path);
    }
}
