namespace ModelCompiler.Tests.Images;

public class PixelBufferTests
{
    [Fact]
    public void APackedBufferKnowsItsStride()
    {
        var pixels = PixelBuffer.Rgb(new byte[5 * 2 * 3], 5, 2);

        (pixels.Width, pixels.Height, pixels.Stride, pixels.BytesPerPixel, pixels.Format).ShouldBe((5, 2, 15, 3, PixelFormat.Rgb));
    }

    [Fact]
    public void TheLastRowNeedsNoPadding() => PixelBuffer.Gray(new byte[8 + 5], 5, 2, stride: 8).Stride.ShouldBe(8);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(-1, 4)]
    public void AnImageWithoutPixelsIsRefused(int width, int height) =>
        Should.Throw<ArgumentException>(() => PixelBuffer.Rgb([], width, height)).Message.ShouldContain($"{width}×{height}");

    [Theory]
    [InlineData(47)]
    [InlineData(49)]
    [InlineData(0)]
    public void AWrongNumberOfBytesIsRefusedWithBothNumbers(int length)
    {
        var error = Should.Throw<ArgumentException>(() => PixelBuffer.Rgb(new byte[length], 4, 4));

        error.Message.ShouldContain("exactly 48");
        error.Message.ShouldContain($"{length} were given");
    }

    [Fact]
    public void AStrideShorterThanARowIsRefused() =>
        Should.Throw<ArgumentException>(() => PixelBuffer.Bgra(new byte[64], 4, 4, stride: 15)).Message.ShouldContain("takes 16");

    [Fact]
    public void TooFewBytesForTheStrideAreRefused() =>
        Should.Throw<ArgumentException>(() => PixelBuffer.Gray(new byte[12], 5, 2, stride: 8)).Message.ShouldContain("at least 13");

    [Fact]
    public void ASizeBeyondTheAddressableIsRefusedWithoutOverflow() =>
        Should.Throw<ArgumentException>(() => PixelBuffer.Rgba(new byte[16], int.MaxValue, int.MaxValue)).Message.ShouldContain("bytes");
}
