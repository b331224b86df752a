namespace ModelCompiler.Contract.Tests;

public sealed class GrammarTests
{
    [Theory]
    [InlineData("shortSide:256")]
    [InlineData("stretch:640x480")]
    [InlineData("letterbox:416:114:topleft")]
    [InlineData("letterbox:416:0:center")]
    [InlineData("none")]
    public void AResizeIsPrintedAsItWasRead(string text) => ImageGrammar.Text(ImageGrammar.Resize(text)!).ShouldBe(text);

    [Fact]
    public void ALetterboxIsCentredUnlessSaidOtherwise() =>
        ImageGrammar.Resize("letterbox:416:114").ShouldBe(new ImageResize(ImageResizeKind.Letterbox, 416, 416, 114, false));

    [Theory]
    [InlineData("")]
    [InlineData("shortSide")]
    [InlineData("shortSide:0")]
    [InlineData("shortSide:-5")]
    [InlineData("shortSide:256:1")]
    [InlineData("stretch:640")]
    [InlineData("stretch:640x480x3")]
    [InlineData("letterbox:416")]
    [InlineData("letterbox:416:256")]
    [InlineData("letterbox:416:114:bottom")]
    [InlineData("none:1")]
    [InlineData("shortSide:99999999")]
    public void WhatIsNoResizeIsRefused(string text) => ImageGrammar.Resize(text).ShouldBeNull();

    [Theory]
    [InlineData("center:224", 224)]
    [InlineData("center:0", null)]
    [InlineData("center", null)]
    [InlineData("left:224", null)]
    public void ACropIsASquareInTheCentre(string text, int? side) => ImageGrammar.CenterCrop(text).ShouldBe(side);

    [Fact]
    public void TheShortFormSaysAllThatAnImageSectionSays()
    {
        var binding = PreprocessText.Parse("image; input=data_0; layout=NCHW;color=BGR;resize=shortSide:256;crop=center:224;scale=0.5;mean=103.94,116.78,123.68;std=1,2,3");

        binding.ShouldBe(new ImageBinding("data_0", new ImageSettings
        {
            Layout = ImageLayout.Nchw,
            Color = ImageColor.Bgr,
            Resize = new ImageResize(ImageResizeKind.ShortSide, 256, 256, 0, false),
            CenterCrop = 224,
            Scale = 0.5f,
            Mean = new([103.94f, 116.78f, 123.68f]),
            Std = new([1, 2, 3]),
        }));
    }

    [Fact]
    public void TheShortFormIsReadAsItWasWritten()
    {
        var image = new ImageInput(ImageLayout.Nhwc, ImageColor.Bgr, ImageGrammar.Resize("shortSide:256")!, 224, 1 / 255f, new([0.485f, 0.456f, 0.406f]), new([0.25f, 1, 2]));

        var text = PreprocessText.Write(image);

        text.ShouldStartWith("image;layout=NHWC;color=BGR;resize=shortSide:256;crop=center:224;scale=0.00392156");
        var settings = PreprocessText.Parse(text)!.Settings;
        (settings.Layout, settings.Color, settings.Resize, settings.CenterCrop, settings.Scale).ShouldBe((image.Layout, image.Color, image.Resize, image.CenterCrop, image.Scale));
        (settings.Mean, settings.Std).ShouldBe((image.Mean, image.Std));
        PreprocessText.Write(image with { CenterCrop = null }).ShouldNotContain("crop");
    }

    [Theory]
    [InlineData("")]
    [InlineData("audio")]
    [InlineData("image;color=purple")]
    [InlineData("image;colour=RGB")]
    [InlineData("image;scale=1,2")]
    [InlineData("image;mean=a")]
    [InlineData("image;mean=NaN")]
    [InlineData("image;layout")]
    public void WhatIsNoShortFormIsRefused(string text) => PreprocessText.Parse(text).ShouldBeNull();

    [Fact]
    public void DimsArePairs() => DimsText.Parse("batch=1; height=640").ShouldBe([new DimensionBinding("batch", 1), new DimensionBinding("height", 640)]);

    [Theory]
    [InlineData("batch")]
    [InlineData("=1")]
    [InlineData("batch=0")]
    [InlineData("batch=-1")]
    [InlineData("batch=1.5")]
    public void WhatAreNoDimsIsRefused(string text) => DimsText.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("0.5%", 0.005)]
    [InlineData("0.005", 0.005)]
    [InlineData("100 %", 1.0)]
    [InlineData("1.5", null)]
    [InlineData("-1%", null)]
    [InlineData("half", null)]
    [InlineData("0,5%", null)]
    public void FractionsAreSharesOrPercent(string text, double? expected) => Quantity.Fraction(text).ShouldBe(expected);

    [Theory]
    [InlineData("4MB", 4_000_000L)]
    [InlineData("4 MiB", 4_194_304L)]
    [InlineData("900kB", 900_000L)]
    [InlineData("1.5GB", 1_500_000_000L)]
    [InlineData("12", 12L)]
    [InlineData("12B", 12L)]
    [InlineData("MB", null)]
    [InlineData("99999999999GB", null)]
    public void SizesHaveUnits(string text, long? expected) => Quantity.Bytes(text).ShouldBe(expected);

    [Theory]
    [InlineData("12ms", 12.0)]
    [InlineData("800us", 0.8)]
    [InlineData("1.5s", 1500.0)]
    [InlineData("3min", 180_000.0)]
    [InlineData("12", null)]
    [InlineData("soon", null)]
    public void TimesAlwaysHaveUnits(string text, double? milliseconds) => Quantity.Duration(text)?.TotalMilliseconds.ShouldBe(milliseconds!.Value);
}
