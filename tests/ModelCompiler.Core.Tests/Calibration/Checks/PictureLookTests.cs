using ModelCompiler.Calibration;
using ModelCompiler.Calibration.Checks;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Calibration.Checks;

public sealed class PictureLookTests
{
    [Fact]
    public void BitsSayWhereItBecomesBrighter()
    {
        // Brightness grows along each row: every bit of the rows is 1, none of the columns.
        var rising = PictureLook.Of(Grid((x, _) => x)).ShouldNotBeNull();
        var falling = PictureLook.Of(Grid((x, _) => -x)).ShouldNotBeNull();
        var down = PictureLook.Of(Grid((_, y) => y)).ShouldNotBeNull();

        rising.Bits(rising).ShouldBe(0);
        rising.Bits(falling).ShouldBe(64);
        rising.Bits(down).ShouldBe(128);
    }

    [Fact]
    public void ContrastAndBrightnessChangeNothing() => PictureLook.Of(Grid((x, y) => x * y)).ShouldNotBeNull().IsLike(PictureLook.Of(Grid((x, y) => (0.5f * x * y) - 7))!).ShouldBeTrue();

    [Fact]
    public void PlainPicturesLookLikeNothing()
    {
        PictureLook.Of(Grid((_, _) => 3)).ShouldBeNull();
        PictureLook.Of(Grid((x, _) => x == 4 ? float.NaN : x)).ShouldBeNull();
    }

    [Fact]
    public void PagesThatAreWhiteButForALittleDiffer()
    {
        var one = PictureLook.Of(Grid((x, y) => (x, y) is (2, 2) or (6, 4) ? 0 : 1)).ShouldNotBeNull();
        var other = PictureLook.Of(Grid((x, y) => (x, y) is (2, 6) or (5, 3) ? 0 : 1)).ShouldNotBeNull();

        one.Bits(other).ShouldBeLessThanOrEqualTo(16); // the hash alone would take them for one
        one.IsLike(other).ShouldBeFalse();
    }

    [Fact]
    public void PicturesAreFoundAgainAtAnotherSizeAndAreNotConfused()
    {
        var looks = Enumerable.Range(0, 30).Select(seed => (Large: Of(seed, 160), Small: Of(seed, 96))).ToArray();

        for (var i = 0; i < looks.Length; i++)
        {
            for (var j = 0; j < looks.Length; j++)
                looks[i].Large.IsLike(looks[j].Small).ShouldBe(i == j, $"{i} and {j}");
        }
    }

    [Fact]
    public void SmallPicturesAreNotComparedFromAfar() => PictureLook.Of(TestPictures.Brightness(1, 32), PixelGrid.Of([1, 1, 32, 32], ImageLayout.Nchw, null)!.Value).ShouldBeNull();

    [Theory]
    [InlineData(ImageLayout.Nchw)]
    [InlineData(ImageLayout.Nhwc)]
    public void TheBarsOfALetterboxAreNoPartOfThePicture(ImageLayout layout)
    {
        // Two channels of 4 columns and 6 rows, of which the rows 1 and 2 are the picture: its left half is 1, its right half 5.
        float[] rows = [9, 9, 9, 9, 1, 1, 5, 5, 1, 1, 5, 5, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9];
        float[] numbers = layout == ImageLayout.Nhwc ? [.. rows.SelectMany(number => new[] { number, number })] : [.. rows, .. rows];
        var picture = new Picture(8, 4, new ImageGeometry(0.5, 0.5, 0, 1));

        var place = PixelGrid.Of(layout == ImageLayout.Nhwc ? [1, 6, 4, 2] : [1, 2, 6, 4], layout, picture).ShouldNotBeNull();

        (place.Width, place.Height).ShouldBe((4, 2));
        (place.MeanOf(numbers, 0, 0, 2), place.MeanOf(numbers, 1, 1, 2), place.MeanOf(numbers, 0, 0, 1)).ShouldBe((1, 5, 3));
    }

    private static PictureLook Of(int seed, int size) => PictureLook.Of(TestPictures.Brightness(seed, size), PixelGrid.Of([1, size, size], ImageLayout.Nchw, null)!.Value).ShouldNotBeNull();

    private static float[] Grid(Func<int, int, float> brightness) =>
        [.. Enumerable.Range(0, PictureLook.Side * PictureLook.Side).Select(cell => brightness(cell % PictureLook.Side, cell / PictureLook.Side))];
}
