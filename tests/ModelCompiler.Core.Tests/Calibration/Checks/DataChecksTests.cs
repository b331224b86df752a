using ModelCompiler.Calibration;
using ModelCompiler.Calibration.Checks;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Calibration.Checks;

public sealed class DataChecksTests : IDisposable
{
    private const int Side = 64;

    private static readonly DataModel Photos = Models.Image(Models.Rgb with { Resize = new ImageResize(ImageResizeKind.Stretch, Side, Side, 0, false) }, 1, 3, Side, Side) with { Classes = 10, Labels = [.. "abcdefghij".Select(name => $"{name}")] };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GoodDataGivesNoWarning()
    {
        WritePhotos("one", 0, 8, 80);
        WritePhotos("two", 100, 8, 80);

        Check(Photos, "one", "two").ShouldBeEmpty();
    }

    [Fact]
    public void CopiesOfCalibrationPicturesAreFoundAlsoSmallerAndBrighter()
    {
        WritePhotos("one", 0, 8, 160);
        WritePhotos("two", 100, 8, 80);
        _folder.Write("two/x.png", TestPictures.Png(3, 100, brighter: 15));
        _folder.Write("two/y.png", TestPictures.Png(5, 160));

        var warning = Check(Photos, "one", "two").ShouldHaveSingleItem();

        warning.Id.ShouldBe("MC0021");
        warning.Message.ShouldStartWith("2 of the 10 samples of the evaluation data 'two' are among the calibration data 'one': 'x.png' looks like '003.png', 'y.png' = '005.png'. What is measured");
    }

    [Fact]
    public void OneFolderForBothIsNamed()
    {
        WritePhotos("one", 0, 8, 80);

        Check(Photos, "one", "one/").ShouldHaveSingleItem().Message.ShouldStartWith("Calibration and Evaluation both name 'one'.");
    }

    [Fact]
    public void RepeatedPicturesAreCounted()
    {
        WritePhotos("two", 0, 8, 80);
        _folder.Write("two/x.png", TestPictures.Png(3, 80));
        _folder.Write("two/y.png", TestPictures.Png(5, 120));

        var warning = Check(Photos, null, "two").ShouldHaveSingleItem();

        warning.Id.ShouldBe("MC0022");
        warning.Message.ShouldStartWith("2 of the 10 samples of the evaluation data 'two' are there before: 'x.png' = '003.png', 'y.png' looks like '005.png'.");
    }

    [Fact]
    public void OneHotVectorsMayComeAgain()
    {
        var model = Models.Of(Models.Tensor("x", ElementType.Float32, -1, 32));
        var rows = Enumerable.Range(0, 64).SelectMany(row => Enumerable.Range(0, 32).Select(column => column == row % 32 ? 1f : 0)).ToArray();
        Write("rows.npz", rows, "64, 32");

        Check(model, "rows.npz", null).ShouldBeEmpty();
        Write("rows.npz", [.. rows.Select((_, i) => MathF.Sin(i % 1024))], "64, 32");
        Check(model, "rows.npz", null).ShouldHaveSingleItem().Message.ShouldStartWith("32 of the 64 samples of the calibration data 'rows.npz' are there before: 'rows.npz[32]' = 'rows.npz[0]',");
    }

    [Fact]
    public void OneClassOnlyIsNoMeasure()
    {
        WriteLabelled("two", _ => 3, 8);

        var warning = Check(Photos, null, "two").ShouldHaveSingleItem();

        warning.Id.ShouldBe("MC0023");
        warning.Message.ShouldContain("all 8 samples are of class 3 'd', and a model that always answers so would be right every time.");
    }

    [Fact]
    public void ClassesWithoutSamplesAreNamedWhereThereAreSamplesEnough()
    {
        var model = Models.Of(Models.Tensor("x", ElementType.Float32, -1, 4)) with { Classes = 3 };
        Write("some.npz", Noise(29 * 4), "29, 4", [.. Enumerable.Range(0, 29).Select(place => place % 2)]);
        Write("many.npz", Noise(30 * 4), "30, 4", [.. Enumerable.Range(0, 30).Select(place => place % 2)]);

        Check(model, null, "some.npz").ShouldBeEmpty();
        Check(model, null, "many.npz").ShouldHaveSingleItem().Message.ShouldContain("1 of 3 have no sample (class 2).");
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void AClassOfAFewSamplesIsNamedWhereAnotherHasTwentyTimesAsMany(int times, bool warns)
    {
        var model = Models.Of(Models.Tensor("x", ElementType.Float32, -1, 4)) with { Classes = 2 };
        Write("two.npz", Noise(2 * (times + 1) * 4), $"{2 * (times + 1)}, 4", [.. Enumerable.Range(0, 2 * (times + 1)).Select(place => place < 2 ? 1 : 0)]);

        var warnings = Check(model, null, "two.npz");

        warnings.Select(warning => warning.Id).ShouldBe(warns ? ["MC0023"] : []);
        if (warns)
            warnings[0].Message.ShouldContain("class 0 has 40 samples and class 1 2.");
    }

    [Fact]
    public void APictureOfOneColourSaysNothing()
    {
        WritePhotos("one", 0, 8, 80);
        _folder.Write("one/plain.png", TestPng.OfColor(90, 90, 10, 200, 30));

        var warning = Check(Photos, "one", null).ShouldHaveSingleItem();

        warning.Id.ShouldBe("MC0024");
        warning.Message.ShouldStartWith("The calibration data 'one' is smaller than it looks: 1 of its 9 samples hold one colour throughout ('plain.png').");
    }

    [Fact]
    public void PicturesOfATypeThatIsNotReadAreCounted()
    {
        WritePhotos("one", 0, 8, 80);
        for (var i = 0; i < 9; i++)
            _folder.Write($"one/{i}.webp", "RIFF");

        Check(Photos, "one", null).ShouldHaveSingleItem().Message.ShouldContain("of its 17 pictures 9 are .webp files, which are not read.");
    }

    [Fact]
    public void AFolderOfThemAloneIsEmptyAndSaysWhy()
    {
        _folder.Write("one/a.webp", "RIFF");
        _folder.Write("one/b.bmp", "BM");

        Diagnosed.By(DiagnosticRules.DataEmpty, () => Check(Photos, "one", null)).Message.ShouldContain("holds no samples: its 2 pictures are .bmp and .webp files, which are not read.");
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(0.3f, 0.4f, false)] // dark or dull, and yet so spread
    [InlineData(-1, 1, false)]
    [InlineData(0, 255, true)]
    [InlineData(0, 0.003f, true)]
    [InlineData(-2.1f, 2.6f, true)]
    public void TensorsAreComparedWithWhatPixelsBecome(float least, float greatest, bool warns)
    {
        var numbers = Noise(8 * 3 * 8 * 8);
        Write("shares.npz", [.. numbers.Select(number => least + (number * (greatest - least)))], "8, 3, 8, 8");

        var warnings = Check(Models.Image(Models.Rgb, 1, 3, 8, 8), "shares.npz", null);

        warnings.Select(warning => warning.Id).ShouldBe(warns ? ["MC0025"] : []);
        if (warns)
            warnings[0].Message.ShouldContain("but its preprocessing makes 0 to 1 of pixels.");
    }

    [Fact]
    public void SharesForAModelOfBytesAreNamedWithBothRanges()
    {
        Write("shares.npz", [0, 1, .. Noise((8 * 3 * 8 * 8) - 2)], "8, 3, 8, 8");
        var bytes = Models.Rgb with { Scale = 1, Mean = new([103.94f, 116.78f, 123.68f]), Std = new([1f, 1, 1]) };

        Check(Models.Image(bytes, 1, 3, 8, 8), null, "shares.npz").ShouldHaveSingleItem().Message.ShouldStartWith(
            "The numbers for the input 'x' in the evaluation data 'shares.npz' reach from 0 to 1, but its preprocessing makes -123.7 to 151.1 of pixels.");
    }

    private List<ModelDiagnostic> Check(DataModel model, string? calibration, string? evaluation) =>
    [
        .. DataChecks.Of(new DataInUse(
            "m.onnx",
            calibration is null ? null : TestPictures.Seen("calibration data", Path.Combine(_folder.Path, calibration), model),
            evaluation is null ? null : TestPictures.Seen("evaluation data", Path.Combine(_folder.Path, evaluation), model),
            model)),
    ];

    private void WritePhotos(string folder, int firstSeed, int count, int size)
    {
        for (var i = 0; i < count; i++)
            _folder.Write($"{folder}/{i:000}.png", TestPictures.Png(firstSeed + i, size));
    }

    private void WriteLabelled(string folder, Func<int, int> label, int count)
    {
        WritePhotos(folder, 0, count, Side);
        _folder.Write($"{folder}/labels.tsv", string.Concat(Enumerable.Range(0, count).Select(i => $"{i:000}.png\t{label(i)}\n")));
    }

    private void Write(string name, float[] numbers, string shape, int[]? labels = null)
    {
        var file = new TestNpz().Add("x", "<f4", shape, numbers);
        _folder.Write(name, (labels is null ? file : file.Add("labels", "<i4", $"{labels.Length},", labels)).ToBytes());
    }

    private static float[] Noise(int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }
}
