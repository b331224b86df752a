using ModelCompiler.Calibration;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Calibration.Checks;

public sealed class DataChecksTests : IDisposable
{
    private const int Side = 64;

    private static readonly DataModel Photos = Models.Image(
        Models.Rgb with { Resize = new ImageResize(ImageResizeKind.Stretch, Side, Side, 0, false) }, 1, 3, Side, Side);

    private readonly CheckedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GoodDataGivesNoWarning()
    {
        _folder.WritePhotos("one", 0, 8, 80);
        _folder.WritePhotos("two", 100, 8, 80);

        _folder.Check(Photos, "one", "two").ShouldBeEmpty();
    }

    [Fact]
    public void CopiesOfCalibrationPicturesAreFoundAlsoSmallerAndBrighter()
    {
        _folder.WritePhotos("one", 0, 8, 160);
        _folder.WritePhotos("two", 100, 8, 80);
        _folder.Write("two/x.png", TestPictures.Png(3, 100, brighter: 15));
        _folder.Write("two/y.png", TestPictures.Png(5, 160));

        var warning = _folder.Check(Photos, "one", "two").ShouldHaveSingleItem();

        warning.Id.ShouldBe("MC0021");
        warning.Message.ShouldStartWith("2 of the 10 samples of the evaluation data 'two' are among the calibration data 'one': 'x.png' looks like '003.png', 'y.png' = '005.png'. What is measured");
    }

    [Fact]
    public void OneFolderForBothIsNamed()
    {
        _folder.WritePhotos("one", 0, 8, 80);

        _folder.Check(Photos, "one", "one/").ShouldHaveSingleItem().Message.ShouldStartWith("Calibration and Evaluation both name 'one'.");
    }

    [Fact]
    public void RepeatedPicturesAreCounted()
    {
        _folder.WritePhotos("two", 0, 8, 80);
        _folder.Write("two/x.png", TestPictures.Png(3, 80));
        _folder.Write("two/y.png", TestPictures.Png(5, 120));

        var warning = _folder.Check(Photos, null, "two").ShouldHaveSingleItem();

        warning.Id.ShouldBe("MC0022");
        warning.Message.ShouldStartWith("2 of the 10 samples of the evaluation data 'two' are there before: 'x.png' = '003.png', 'y.png' looks like '005.png'.");
    }

    [Fact]
    public void OneHotVectorsMayComeAgain()
    {
        var model = Models.Of(Models.Tensor("x", ElementType.Float32, -1, 32));
        var rows = Enumerable.Range(0, 64).SelectMany(row => Enumerable.Range(0, 32).Select(column => column == row % 32 ? 1f : 0)).ToArray();
        _folder.Write("rows.npz", rows, "64, 32");

        _folder.Check(model, "rows.npz", null).ShouldBeEmpty();
        _folder.Write("rows.npz", [.. rows.Select((_, i) => MathF.Sin(i % 1024))], "64, 32");
        _folder.Check(model, "rows.npz", null).ShouldHaveSingleItem().Message.ShouldStartWith("32 of the 64 samples of the calibration data 'rows.npz' are there before: 'rows.npz[32]' = 'rows.npz[0]',");
    }

    [Fact]
    public void APictureOfOneColourSaysNothing()
    {
        _folder.WritePhotos("one", 0, 8, 80);
        _folder.Write("one/plain.png", TestPng.OfColor(90, 90, 10, 200, 30));

        var warning = _folder.Check(Photos, "one", null).ShouldHaveSingleItem();

        warning.Id.ShouldBe("MC0024");
        warning.Message.ShouldStartWith("The calibration data 'one' is smaller than it looks: 1 of its 9 samples hold one colour throughout ('plain.png').");
    }

    [Fact]
    public void PicturesOfATypeThatIsNotReadAreCounted()
    {
        _folder.WritePhotos("one", 0, 8, 80);
        for (var i = 0; i < 9; i++)
            _folder.Write($"one/{i}.webp", "RIFF");

        _folder.Check(Photos, "one", null).ShouldHaveSingleItem().Message.ShouldContain("of its 17 pictures 9 are .webp files, which are not read.");
    }

    [Fact]
    public void AFolderOfThemAloneIsEmptyAndSaysWhy()
    {
        _folder.Write("one/a.webp", "RIFF");
        _folder.Write("one/b.bmp", "BM");

        Diagnosed.By(DiagnosticRules.DataEmpty, () => _folder.Check(Photos, "one", null)).Message.ShouldContain("holds no samples: its 2 pictures are .bmp and .webp files, which are not read.");
    }
}
