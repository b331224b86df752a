namespace ModelCompiler.Tests.Images;

public class ImagePreprocessingTests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 }, { 1, 40 }, { 40, 1 }, { 2, 3 }, { 31, 33 }, { 32, 32 }, { 64, 48 }, { 97, 61 }, { 130, 20 }, { 20, 130 }, { 224, 160 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void StretchMatchesTheReference(int width, int height)
    {
        foreach (var format in TestImage.Formats)
            ShouldMatch(new ImagePreprocessing { Resize = Resizing.Stretch(32, 24) }, format, width, height);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ShortSideAndCenterCropMatchTheReference(int width, int height)
    {
        var options = new ImagePreprocessing { Resize = Resizing.ShortSide(36), CenterCrop = 31, Channels = ChannelOrder.Bgr };
        foreach (var format in TestImage.Formats)
            ShouldMatch(options, format, width, height);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void LetterboxMatchesTheReference(int width, int height)
    {
        ShouldMatch(new ImagePreprocessing { Resize = Resizing.Letterbox(48, 40, 114) }, PixelFormat.Rgba, width, height);
        ShouldMatch(new ImagePreprocessing { Resize = Resizing.Letterbox(48, 40, 114, LetterboxPosition.TopLeft) }, PixelFormat.Bgr, width, height);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void KeepsEveryByteWhereNothingIsResized(int width, int height)
    {
        var image = TestImage.Noise(new Random(7), PixelFormat.Gray, width, height);
        var options = new ImagePreprocessing { Channels = ChannelOrder.Gray };
        var values = new float[width * height];

        options.Fill(image.Pixels, values);

        values.ShouldBe(image.Pixels.Bytes.ToArray().Select(value => (float)value));
    }

    [Theory]
    [InlineData(ChannelOrder.Rgb, TensorLayout.Nchw)]
    [InlineData(ChannelOrder.Rgb, TensorLayout.Nhwc)]
    [InlineData(ChannelOrder.Bgr, TensorLayout.Nchw)]
    [InlineData(ChannelOrder.Bgr, TensorLayout.Nhwc)]
    [InlineData(ChannelOrder.Gray, TensorLayout.Nchw)]
    [InlineData(ChannelOrder.Gray, TensorLayout.Nhwc)]
    public void NormalisesEachChannelOfEachFormat(ChannelOrder channels, TensorLayout layout)
    {
        var options = new ImagePreprocessing
        {
            Channels = channels,
            Layout = layout,
            Resize = Resizing.Letterbox(20, 20, 7),
            Scale = 1f / 255,
            Mean = channels == ChannelOrder.Gray ? [0.45f] : [0.485f, 0.456f, 0.406f],
            Std = channels == ChannelOrder.Gray ? [0.22f] : [0.229f, 0.224f, 0.225f],
        };
        foreach (var format in TestImage.Formats)
            ShouldMatch(options, format, 33, 27);
    }

    [Fact]
    public void OneMeanAndStdServeEveryChannel() =>
        ShouldMatch(new ImagePreprocessing { Mean = [127], Std = [128] }, PixelFormat.Rgb, 12, 9);

    [Fact]
    public void MatchesTheReferenceForRandomSizesAndOptions()
    {
        var random = new Random(20240607);
        for (var round = 0; round < 150; round++)
        {
            var channels = (ChannelOrder)random.Next(3);
            var options = new ImagePreprocessing
            {
                Channels = channels,
                Layout = (TensorLayout)random.Next(2),
                Resize = RandomResize(random),
                Scale = 0.5f + random.NextSingle(),
                Mean = [random.NextSingle() * 255],
                Std = [1 + random.NextSingle()],
            };
            var format = (PixelFormat)random.Next(5);
            ShouldMatch(options, format, random.Next(1, 90), random.Next(1, 90), random.Next(0, 40), round);
        }
    }

    [Fact]
    public void GeometryMapsModelPixelsBackToTheSource()
    {
        var plan = new ImagePreprocessing { Resize = Resizing.Letterbox(416, 416, 114) }.Plan(832, 416);

        plan.Geometry.ShouldBe(new ImageGeometry(0.5, 0.5, 0, 104));
        plan.Geometry.ToSource(0, 104).ShouldBe((0, 0));
        plan.Geometry.ToSource(416, 312).ShouldBe((832, 416));
        plan.Geometry.ToModel(832, 416).ShouldBe((416, 312));
    }

    [Fact]
    public void GeometryOfACropHasANegativeOffset()
    {
        var plan = new ImagePreprocessing { Resize = Resizing.ShortSide(256), CenterCrop = 224 }.Plan(512, 512);

        plan.Geometry.ShouldBe(new ImageGeometry(0.5, 0.5, -16, -16));
        (plan.Width, plan.Height, plan.Channels, plan.Length).ShouldBe((224, 224, 3, 3 * 224 * 224));
    }

    [Fact]
    public void FillsTheSameValuesFromManyThreads()
    {
        var options = new ImagePreprocessing { Resize = Resizing.Stretch(40, 40) };
        var images = Enumerable.Range(0, 8).Select(i => TestImage.Noise(new Random(i), PixelFormat.Rgb, 50 + i, 60 - i)).ToArray();
        var expected = images.Select(image => Fill(new ImagePreprocessing { Resize = Resizing.Stretch(40, 40) }, image)).ToArray();

        Parallel.For(0, 400, i => Fill(options, images[i % 8]).ShouldBe(expected[i % 8]));
    }

    [Fact]
    public void AllocatesNothingForFurtherFramesOfOneSize()
    {
        var image = TestImage.Noise(new Random(1), PixelFormat.Bgra, 320, 240);
        var options = new ImagePreprocessing { Resize = Resizing.ShortSide(128), CenterCrop = 112, Mean = [1, 2, 3] };
        var values = new float[3 * 112 * 112];

        Allocation.Of(() => options.Fill(image.Pixels, values)).ShouldBe(0);
    }

    [Fact]
    public void AnEmptyBufferIsRefused() =>
        Should.Throw<ArgumentException>(() => new ImagePreprocessing().Fill(default, [])).Message.ShouldContain("0×0");

    [Fact]
    public void ADestinationOfTheWrongLengthIsRefusedWithBothLengths()
    {
        var image = TestImage.Noise(new Random(1), PixelFormat.Rgb, 4, 4);

        var error = Should.Throw<ArgumentException>(() => new ImagePreprocessing().Fill(image.Pixels, new float[47]));

        error.Message.ShouldContain("3×4×4 = 48");
        error.Message.ShouldContain("47");
    }

    [Fact]
    public void ACropLargerThanTheImageIsRefused() =>
        Should.Throw<ArgumentException>(() => new ImagePreprocessing { CenterCrop = 32 }.Plan(31, 40)).Message.ShouldContain("32×32");

    [Fact]
    public void ACropOfBarsOnlyIsFilledWithThem()
    {
        var options = new ImagePreprocessing { Resize = Resizing.Letterbox(100, 100, 7, LetterboxPosition.TopLeft), CenterCrop = 50 };

        Fill(options, TestImage.Noise(new Random(1), PixelFormat.Rgb, 100, 10)).ShouldAllBe(value => value == 7);
        Fill(options, TestImage.Noise(new Random(1), PixelFormat.Rgb, 10, 100)).ShouldAllBe(value => value == 7);
    }

    [Fact]
    public void AMeanThatFitsNoChannelCountIsRefused() =>
        Should.Throw<InvalidOperationException>(() => Fill(new ImagePreprocessing { Mean = [1, 2] }, TestImage.Noise(new Random(1), PixelFormat.Rgb, 2, 2)))
            .Message.ShouldContain("Mean has 2 values");

    [Fact]
    public void APlanRefusesImagesOfAnotherSize()
    {
        var plan = new ImagePreprocessing { Resize = Resizing.Stretch(2, 2) }.Plan(8, 8);
        var image = TestImage.Noise(new Random(1), PixelFormat.Rgb, 8, 9);

        Should.Throw<ArgumentException>(() => plan.Fill(image.Pixels, new float[12])).Message.ShouldContain("8×9");
    }

    private static Resizing RandomResize(Random random) => random.Next(4) switch
    {
        0 => Resizing.None,
        1 => Resizing.ShortSide(random.Next(1, 40)),
        2 => Resizing.Stretch(random.Next(1, 60), random.Next(1, 60)),
        _ => Resizing.Letterbox(random.Next(1, 60), random.Next(1, 60), (byte)random.Next(256), (LetterboxPosition)random.Next(2)),
    };

    private static float[] Fill(ImagePreprocessing options, TestImage image)
    {
        var plan = options.Plan(image.Width, image.Height);
        var values = new float[plan.Length];
        options.Fill(image.Pixels, values);
        return values;
    }

    private static void ShouldMatch(ImagePreprocessing options, PixelFormat format, int width, int height, int padding = 5, int seed = 1)
    {
        var image = TestImage.Noise(new Random(seed), format, width, height, padding);
        ReferencePreprocessing.ShouldMatch(options, image.Pixels, image.Reference, $"{format} {width}×{height}");
    }
}
