using System.Drawing;

namespace ModelCompiler.Tests.Results;

public sealed class SegmentationMaskTests
{
    private enum Ground
    {
        Road,
        Grass,
    }

    private static readonly SegmentationMask<Ground> Field = new([0, 1, 1, SegmentationMask.Unseen, 1, 0], 3, 2);

    [Fact]
    public void TellsTheClassOfAPixel()
    {
        Field[1, 0].ShouldBe(Ground.Grass);
        Field[2, 1].ShouldBe(Ground.Road);
        Field[0, 1].ShouldBeNull();
        Field.ToString().ShouldBe("Mask of 3×2 pixels");
        Should.Throw<ArgumentOutOfRangeException>(() => Field[3, 0]);
        Should.Throw<ArgumentOutOfRangeException>(() => Field[0, -1]);
    }

    [Fact]
    public void SharesAreOfThePixelsThatWereSeen()
    {
        Field.Share(Ground.Road).ShouldBe(0.4f);
        Field.Share(Ground.Grass).ShouldBe(0.6f);
        Field.Share((Ground)9).ShouldBe(0);
        Field.Share((Ground)SegmentationMask.Unseen).ShouldBe(0);
        Field.Unseen.ShouldBe(1f / 6);
        new SegmentationMask<int>([SegmentationMask.Unseen], 1, 1).Share(0).ShouldBe(0);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Should.Throw<ArgumentException>(() => new SegmentationMask<int>([1, 2], 3, 1)).Message.ShouldContain("cannot have 2 classes");
        Should.Throw<ArgumentException>(() => new SegmentationMask<byte>([1], 1, 1)).Message.ShouldContain("enum over int");
        Should.Throw<ArgumentException>(() => Field.Overlay(PixelBuffer.Gray(new byte[4], 2, 2))).Message.ShouldContain("the image has 2×2");
        Should.Throw<ArgumentOutOfRangeException>(() => Field.Overlay(PixelBuffer.Gray(new byte[6], 3, 2), opacity: 1.5f));
    }

    [Fact]
    public void AnOverlayMixesTheImageWithTheColoursOfTheClasses()
    {
        var mask = new SegmentationMask<int>([0, 1, SegmentationMask.Unseen, 4], 2, 2);
        byte[] pixels = [200, 100, 50, 200, 100, 50, 9, 8, 7, 0, 0, 0];

        mask.Overlay(PixelBuffer.Rgb(pixels, 2, 2)).ShouldBe([100, 50, 25, 255, 164, 50, 25, 255, 9, 8, 7, 255, 0, 0, 64, 255]);
        mask.Overlay(PixelBuffer.Rgb(pixels, 2, 2), opacity: 0)[..4].ShouldBe([200, 100, 50, 255]);
        mask.Overlay(PixelBuffer.Rgb(pixels, 2, 2), opacity: 1)[4..8].ShouldBe([128, 0, 0, 255]);
    }

    [Fact]
    public void AnOverlayTakesEveryFormatOfPixelsAndRowsThatArePadded()
    {
        var mask = new SegmentationMask<int>([7, 7], 1, 2);
        byte[] expected = [30, 20, 10, 255, 60, 50, 40, 255];

        mask.Overlay(PixelBuffer.Rgba([30, 20, 10, 0, 60, 50, 40, 0], 1, 2), 0).ShouldBe(expected);
        mask.Overlay(PixelBuffer.Bgra([10, 20, 30, 0, 40, 50, 60, 0], 1, 2), 0).ShouldBe(expected);
        mask.Overlay(PixelBuffer.Bgr([10, 20, 30, 99, 99, 40, 50, 60], 1, 2, stride: 5), 0).ShouldBe(expected);
        mask.Overlay(PixelBuffer.Gray([30, 60], 1, 2), 0).ShouldBe([30, 30, 30, 255, 60, 60, 60, 255]);
    }

    [Fact]
    public void AnOverlayLiesOverTheUprightImage()
    {
        var mask = new SegmentationMask<int>([7, 7], 1, 2);

        mask.Overlay(PixelBuffer.Rgb([30, 20, 10, 60, 50, 40], 2, 1).Rotated(90), 0).ShouldBe([30, 20, 10, 255, 60, 50, 40, 255]);
        mask.Overlay(PixelBuffer.Rgb([30, 20, 10, 60, 50, 40], 2, 1).Rotated(270), 0).ShouldBe([60, 50, 40, 255, 30, 20, 10, 255]);
        mask.Overlay(PixelBuffer.Nv12([16, 235, 128, 128], 1, 2), 0).ShouldBe([0, 0, 0, 255, 255, 255, 255, 255]);
    }

    [Fact]
    public void APaletteOfYourOwnCountsItsAlpha() =>
        Field.Overlay(PixelBuffer.Gray(new byte[6], 3, 2), 1, ground => ground == Ground.Grass ? Color.FromArgb(128, 0, 255, 0) : Color.Transparent)[..8].ShouldBe([0, 0, 0, 255, 0, 128, 0, 255]);

    [Fact]
    public void ColoursAreThoseOfPascalVoc()
    {
        (int, int, int)[] expected = [(0, 0, 0), (128, 0, 0), (0, 128, 0), (128, 128, 0), (0, 0, 128), (128, 0, 128), (0, 128, 128), (128, 128, 128), (64, 0, 0), (192, 0, 0)];
        Enumerable.Range(0, 10).Select(SegmentationMask.ColorOf).Select(color => ((int)color.R, (int)color.G, (int)color.B)).ShouldBe(expected);
        Enumerable.Range(0, 2000).Select(SegmentationMask.ColorOf).ShouldBeUnique();
    }
}
