namespace ModelCompiler.Tests.Images;

/// <summary>Every form of YUV, rotated, mirrored and cropped, against the reference.</summary>
public class CameraImageTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (2, 1), (1, 3), (23, 17), (32, 22), (41, 70), (97, 30)];

    private static readonly ImagePreprocessing[] Preprocessings =
    [
        new(),
        new() { Resize = Resizing.Stretch(19, 13), Scale = 1f / 255, Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] },
        new() { Resize = Resizing.ShortSide(9), CenterCrop = 8, Channels = ChannelOrder.Bgr, Layout = TensorLayout.Nhwc },
        new() { Resize = Resizing.Letterbox(20, 16, 114), Mean = [1, 2, 3] },
        new() { Resize = Resizing.Stretch(3, 60), Channels = ChannelOrder.Gray },
    ];

    public static MatrixTheoryData<YuvMemory, int, bool> Views => new(Enum.GetValues<YuvMemory>(), [0, 90, 180, 270], [false, true]);

    public static MatrixTheoryData<PixelFormat, int, bool> PackedViews => new(TestImage.Formats, [0, 90, 180, 270], [false, true]);

    [Theory]
    [MemberData(nameof(Views))]
    public void MatchesTheReferenceInEveryOrientation(YuvMemory memory, int degrees, bool mirrored)
    {
        foreach (var (width, height) in Sizes)
        {
            var image = new CameraImage(new Random(width), memory, width, height, padding: 6);
            ShouldMatch(image.Pixels, image.Reference, degrees, mirrored, $"{memory} {width}×{height}");
        }
    }

    [Theory]
    [MemberData(nameof(PackedViews))]
    public void PackedFormatsDoToo(PixelFormat format, int degrees, bool mirrored)
    {
        foreach (var (width, height) in Sizes)
        {
            var image = TestImage.Noise(new Random(width), format, width, height, padding: 3);
            ShouldMatch(image.Pixels, image.Reference, degrees, mirrored, $"{format} {width}×{height}");
        }
    }

    [Theory]
    [InlineData(YuvColor.Bt601)]
    [InlineData(YuvColor.Bt601Full)]
    [InlineData(YuvColor.Bt709)]
    [InlineData(YuvColor.Bt709Full)]
    public void EveryStandardMatchesTheReference(YuvColor color)
    {
        foreach (var memory in Enum.GetValues<YuvMemory>())
        {
            var image = new CameraImage(new Random(3), memory, 31, 29, padding: 2, color);
            ShouldMatch(image.Pixels, image.Reference, 0, mirrored: false, $"{memory} {color}");
        }
    }

    [Fact]
    public void ViewsOfViewsMatchTheReference()
    {
        var random = new Random(20240611);
        for (var round = 0; round < 300; round++)
        {
            var memory = (YuvMemory)random.Next(9);
            var image = new CameraImage(random, memory, random.Next(1, 60), random.Next(1, 60), random.Next(9));
            var pixels = image.Pixels;
            var reference = image.Reference;
            for (var step = 0; step < 5; step++)
            {
                var degrees = 90 * random.Next(4);
                var (x, y) = (random.Next(pixels.Width), random.Next(pixels.Height));
                var (width, height) = (random.Next(1, pixels.Width - x + 1), random.Next(1, pixels.Height - y + 1));
                var view = random.Next(3);
                pixels = view switch { 0 => pixels.Rotated(degrees), 1 => pixels.Mirrored(), _ => pixels.Crop(x, y, width, height) };
                reference = view switch { 0 => reference.Rotated(degrees), 1 => reference.Mirrored(), _ => reference.Crop(x, y, width, height) };
                (pixels.Width, pixels.Height).ShouldBe((reference.Width, reference.Height));
            }

            ReferencePreprocessing.ShouldMatch(new ImagePreprocessing { Resize = Resizing.Stretch(random.Next(1, 30), random.Next(1, 30)) }, pixels, reference, $"{memory} round {round}");
        }
    }

    /// <summary>Over the length at which the sums of a cell are no longer whole in 16 bits.</summary>
    [Theory]
    [InlineData(22 * 7, 22 * 5)]
    [InlineData(23 * 7, 45)]
    [InlineData(1000, 90)]
    [InlineData(51, 1500)]
    public void ShrinksByAnyFactor(int width, int height)
    {
        var image = new CameraImage(new Random(5), YuvMemory.Nv12, width, height);
        foreach (var side in new[] { 1, 3, 7 })
            ReferencePreprocessing.ShouldMatch(new ImagePreprocessing { Resize = Resizing.Stretch(side, side) }, image.Pixels, image.Reference, $"{width}×{height}");
    }

    [Fact]
    public void WhiteStaysWhiteWhateverTheScale()
    {
        foreach (var length in new[] { 22, 23, 500, 4000 })
        {
            var values = new float[3];
            var white = new byte[length * length];
            Array.Fill(white, byte.MaxValue);

            new ImagePreprocessing { Resize = Resizing.Stretch(1, 1) }.Fill(PixelBuffer.Gray(white, length, length), values);

            values[0].ShouldBe(255, 0.001f);
        }
    }

    [Fact]
    public void ColoursOutsideOfRedGreenAndBlueAreBroughtBack()
    {
        var values = new float[3];

        new ImagePreprocessing().Fill(PixelBuffer.Nv12([235, 128, 255], 1, 1), values);

        values[0].ShouldBe(255);
        values[1].ShouldBe(255 - 103.25f, 0.01f);
        values[2].ShouldBe(255, 0.01f);
    }

    [Fact]
    public void AllocatesNothingForFurtherFramesInAnyForm()
    {
        foreach (var memory in Enum.GetValues<YuvMemory>().Where(memory => memory != YuvMemory.AndroidCopies))
        {
            var image = new CameraImage(new Random(1), memory, 320, 240);
            var options = new ImagePreprocessing { Resize = Resizing.ShortSide(128), CenterCrop = 112, Mean = [1, 2, 3] };
            var values = new float[3 * 112 * 112];

            Allocation.Of(() => options.Fill(image.Pixels.Rotated(90).Mirrored(), values)).ShouldBe(0, memory.ToString());
        }
    }

    [Fact]
    public void GeometryIsInPixelsOfTheUprightImage()
    {
        var portrait = PixelBuffer.Gray(new byte[640 * 480], 640, 480).Rotated(90);

        var geometry = new ImagePreprocessing { Resize = Resizing.Letterbox(320, 320) }.Fill(portrait, new float[3 * 320 * 320]);

        geometry.ShouldBe(new ImageGeometry(0.5, 0.5, 40, 0));
        geometry.ToSource(280, 320).ShouldBe((480, 640));
    }

    private static void ShouldMatch(PixelBuffer pixels, ReferenceImage reference, int degrees, bool mirrored, string what)
    {
        pixels = pixels.Rotated(degrees);
        reference = reference.Rotated(degrees);
        if (mirrored)
        {
            pixels = pixels.Mirrored();
            reference = reference.Mirrored();
        }

        foreach (var options in Preprocessings)
            ReferencePreprocessing.ShouldMatch(options, pixels, reference, $"{what} by {degrees}");
    }
}
