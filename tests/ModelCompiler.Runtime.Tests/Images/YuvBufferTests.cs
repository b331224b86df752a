namespace ModelCompiler.Tests.Images;

/// <summary>What is refused, and the words for it.</summary>
public class YuvBufferTests
{
    [Fact]
    public void OddSizesHaveChromaForTheirLastColumnAndRow()
    {
        var pixels = PixelBuffer.Nv12(new byte[(5 * 3) + (2 * 3 * 2)], 5, 3);

        (pixels.Width, pixels.Height, pixels.Stride, pixels.BytesPerPixel, pixels.Format).ShouldBe((5, 3, 5, 1, PixelFormat.Yuv420));
        pixels.Bytes.Length.ShouldBe(15);
    }

    [Theory]
    [InlineData(26)]
    [InlineData(28)]
    [InlineData(0)]
    public void AWrongNumberOfBytesIsRefusedWithBothNumbers(int length)
    {
        var errors = new[]
        {
            Should.Throw<ArgumentException>(() => PixelBuffer.Nv12(new byte[length], 5, 3)),
            Should.Throw<ArgumentException>(() => PixelBuffer.Nv21(new byte[length], 5, 3)),
            Should.Throw<ArgumentException>(() => PixelBuffer.I420(new byte[length], 5, 3)),
        };

        errors.ShouldAllBe(error => error.Message.Contains("exactly 27") && error.Message.Contains($"{length} were given") && error.ParamName == "bytes");
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(-2, 4)]
    [InlineData(4, int.MinValue)]
    public void AnImageWithoutPixelsIsRefused(int width, int height)
    {
        Should.Throw<ArgumentException>(() => PixelBuffer.Nv12([], width, height)).Message.ShouldContain($"{width}×{height}");
        Should.Throw<ArgumentException>(() => PixelBuffer.I420([], [], [], width, height, 4, 2, 2)).Message.ShouldContain($"{width}×{height}");
        Should.Throw<ArgumentException>(() => PixelBuffer.Yuv420([], [], [], width, height, 4, 2, 1)).Message.ShouldContain($"{width}×{height}");
    }

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(65536, 65536)]
    [InlineData(40000, 40000)]
    public void ASizeBeyondTheAddressableIsRefusedWithoutOverflow(int width, int height)
    {
        Should.Throw<ArgumentException>(() => PixelBuffer.Nv12(new byte[16], width, height)).Message.ShouldNotContain("-");
        Should.Throw<ArgumentException>(() => PixelBuffer.Rgb(new byte[16], width, height)).Message.ShouldNotContain("-");
        Should.Throw<ArgumentException>(() => PixelBuffer.Rgba(new byte[16], width, height)).Message.ShouldNotContain("-");
        Should.Throw<ArgumentException>(() => PixelBuffer.Yuv420(new byte[16], new byte[16], new byte[16], width, height, width, width, 2)).Message.ShouldNotContain("-");
    }

    [Theory]
    [InlineData(4, 6, "lumaStride")]
    [InlineData(5, 5, "chromaStride")]
    [InlineData(-5, 6, "lumaStride")]
    [InlineData(5, -1, "chromaStride")]
    public void AStrideShorterThanARowIsRefused(int lumaStride, int chromaStride, string name)
    {
        var (luma, chroma) = (new byte[100], new byte[100]);

        Should.Throw<ArgumentException>(() => PixelBuffer.Nv12(luma, chroma, 5, 3, lumaStride, chromaStride)).ParamName.ShouldBe(name);
        Should.Throw<ArgumentException>(() => PixelBuffer.Nv21(luma, chroma, 5, 3, lumaStride, chromaStride)).ParamName.ShouldBe(name);
    }

    [Fact]
    public void StridesOfEachPlaneAreChecked()
    {
        var plane = new byte[100];

        Should.Throw<ArgumentException>(() => PixelBuffer.I420(plane, plane, plane, 5, 3, 5, 2, 3)).ParamName.ShouldBe("uStride");
        Should.Throw<ArgumentException>(() => PixelBuffer.I420(plane, plane, plane, 5, 3, 5, 3, 2)).ParamName.ShouldBe("vStride");
        Should.Throw<ArgumentException>(() => PixelBuffer.Yuv420(plane, plane, plane, 5, 3, 5, 4, 2)).Message.ShouldContain("takes 5");
    }

    [Fact]
    public void TooFewBytesOfAPlaneAreRefusedByItsName()
    {
        Should.Throw<ArgumentException>(() => PixelBuffer.Nv12(new byte[20], new byte[13], 5, 3, 8, 8)).ParamName.ShouldBe("luma");
        Should.Throw<ArgumentException>(() => PixelBuffer.Nv12(new byte[21], new byte[13], 5, 3, 8, 8)).Message.ShouldContain("at least 14 with stride 8");
        Should.Throw<ArgumentException>(() => PixelBuffer.I420(new byte[21], new byte[10], new byte[11], 5, 3, 8, 8, 8)).ParamName.ShouldBe("u");
        Should.Throw<ArgumentException>(() => PixelBuffer.I420(new byte[21], new byte[11], new byte[10], 5, 3, 8, 8, 8)).ParamName.ShouldBe("v");
        Should.Throw<ArgumentException>(() => PixelBuffer.Yuv420(new byte[21], new byte[13], new byte[12], 5, 3, 8, 8, 2)).ParamName.ShouldBe("v");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    public void OtherPixelStridesAreRefused(int pixelStride) =>
        Should.Throw<ArgumentException>(() => PixelBuffer.Yuv420(new byte[15], new byte[99], new byte[99], 5, 3, 5, 20, pixelStride))
            .Message.ShouldContain($"1 or 2 bytes apart, not {pixelStride}");

    [Theory]
    [InlineData(45)]
    [InlineData(-90)]
    [InlineData(360)]
    public void OtherAnglesAreRefused(int degrees)
    {
        var error = Should.Throw<ArgumentException>(() => PixelBuffer.Gray(new byte[6], 3, 2).Rotated(degrees));

        error.Message.ShouldContain($"not by {degrees}");
        error.ParamName.ShouldBe("degrees");
    }

    [Theory]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(0, -1, 1, 1)]
    [InlineData(2, 0, 2, 1)]
    [InlineData(0, 1, 1, 2)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(1, 0, int.MaxValue, 1)]
    [InlineData(int.MaxValue, 0, 1, 1)]
    public void APartOutsideOfTheImageIsRefused(int x, int y, int width, int height) =>
        Should.Throw<ArgumentException>(() => PixelBuffer.Gray(new byte[6], 3, 2).Crop(x, y, width, height)).Message.ShouldContain($"{width}×{height}");

    [Fact]
    public void SizesFollowTheView()
    {
        var pixels = PixelBuffer.Rgb(new byte[4 * 3 * 3], 4, 3);

        (pixels.Rotated(90).Width, pixels.Rotated(90).Height).ShouldBe((3, 4));
        (pixels.Rotated(180).Width, pixels.Rotated(270).Width, pixels.Mirrored().Width).ShouldBe((4, 3, 4));
        (pixels.Rotated(90).Crop(1, 0, 2, 4).Width, pixels.Crop(1, 1, 3, 2).Bytes.Length).ShouldBe((2, 36 - 12 - 3));
    }

    [Fact]
    public void AnEmptyBufferStaysEmpty()
    {
        default(PixelBuffer).Rotated(90).Mirrored().IsEmpty.ShouldBeTrue();
        Should.Throw<ArgumentException>(() => default(PixelBuffer).Crop(0, 0, 1, 1)).Message.ShouldContain("0×0");
    }
}
