using ModelCompiler.Calibration;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Calibration;

public sealed class ImageDataSetTests : IDisposable
{
    private static readonly DataModel Model = Models.Image(Models.Rgb, 1, 3, 2, 2);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ImagesAreReadInTheOrderOfTheirNames()
    {
        WriteImages("b.png", "B.png", "a.PNG");
        _folder.Write("readme.txt", "not an image");

        var data = DataSet.Open(_folder.Path, Model);

        data.Samples().Select(sample => sample.Name).ShouldBe(["B.png", "a.PNG", "b.png"]);
        data.Count.ShouldBe(3);
        data.IsLabelled.ShouldBeFalse();
        data.Samples().ShouldAllBe(sample => sample.Label == null);
    }

    [Fact]
    public void PixelsBecomeWhatTheModelWants()
    {
        _folder.Write("a.png", TestPng.OfColor(2, 2, 255, 128, 0));
        var bgr = Models.Rgb with { Color = ImageColor.Bgr, Scale = 1, Mean = new([1f, 2f, 3f]), Std = new([2f, 2f, 2f]) };

        var sample = DataSet.Open(_folder.Path, Models.Image(bgr, 1, 3, 2, 2)).Samples().ShouldHaveSingleItem();

        sample.Inputs["x"].Dims.ToArray().ShouldBe([1L, 3, 2, 2]);
        sample.Inputs["x"].Span<float>().ToArray().ShouldBe([-0.5f, -0.5f, -0.5f, -0.5f, 63, 63, 63, 63, 126, 126, 126, 126]);
    }

    [Fact]
    public void ATensorWithoutBatchAxisAndOfBytesIsFilledToo()
    {
        _folder.Write("a.png", TestPng.OfColor(2, 1, 10, 20, 30));
        var image = Models.Rgb with { Layout = ImageLayout.Nhwc, Scale = 1 };
        var model = new DataModel([new ManifestInput(Models.Tensor("x", ElementType.UInt8, -1, -1, 3), image)], [], []);

        var tensor = DataSet.Open(_folder.Path, model).Samples().ShouldHaveSingleItem().Inputs["x"];

        tensor.Dims.ToArray().ShouldBe([1L, 2, 3]);
        tensor.Span<byte>().ToArray().ShouldBe([10, 20, 30, 10, 20, 30]);
    }

    [Fact]
    public void ATableNamesTheClasses()
    {
        WriteImages("a.png", "b.png", "left-out.png");
        _folder.Write("labels.tsv", "b.png\t7\tn0002 dog\na.png\t3\n\n");

        var data = DataSet.Open(_folder.Path, Model);

        data.IsLabelled.ShouldBeTrue();
        data.Samples().Select(sample => (sample.Name, sample.Label)).ShouldBe([("a.png", 3), ("b.png", 7)]);
    }

    [Fact]
    public void ATableNamesSlices()
    {
        WriteImages("a.png", "b.png", "c.png");
        _folder.Write("labels.tsv", "# file\tclass\tslice\na.png\t3\tday\nb.png\t3\tnight\nc.png\t4\t\n");

        DataSet.Open(_folder.Path, Model).Samples().Select(sample => sample.Slice).ShouldBe(["day", "night", null]);
    }

    [Fact]
    public void ATableThatRepeatsTheNamesOfClassesNamesNoSlices()
    {
        WriteImages("a.png", "b.png", "c.png");
        _folder.Write("labels.tsv", "a.png\t3\tcat\nb.png\t3\tcat\nc.png\t4\tdog\n");

        DataSet.Open(_folder.Path, Model).Samples().ShouldAllBe(sample => sample.Slice == null);
    }

    [Fact]
    public void FoldersAreClassesInTheirOrder()
    {
        WriteImages("cat/1.png", "dog/2.png", "dog/1.png");
        _folder.Write("notes/readme.txt", "no images, no class");

        DataSet.Open(_folder.Path, Model).Samples().Select(sample => (sample.Name, sample.Label)).ShouldBe([("1.png", 0), ("1.png", 1), ("2.png", 1)]);
    }

    [Fact]
    public void FoldersNamedAsNumbersAreThatClass()
    {
        WriteImages("10/a.png", "9/a.png");

        DataSet.Open(_folder.Path, Model).Samples().Select(sample => sample.Label).ShouldBe([10, 9]);
    }

    [Fact]
    public void FoldersNamedAsTheModelsLabelsAreThatClass()
    {
        WriteImages("dog/a.png", "Cat/a.png");
        var model = Model with { Labels = ["bird", "cat", "dog"] };

        DataSet.Open(_folder.Path, model).Samples().Select(sample => sample.Label).ShouldBe([1, 2]);
    }

    [Fact]
    public void AFolderThatIsNoLabelIsAnErrorInsteadOfAWrongClass()
    {
        WriteImages("cat/a.png", "cow/a.png");
        var model = Model with { Labels = ["bird", "cat", "dog"] };

        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => DataSet.Open(_folder.Path, model)).Message.ShouldContain("'cow'");
    }

    [Fact]
    public void APartOfTheSetIsSpreadOverIt()
    {
        WriteImages([.. Enumerable.Range(0, 10).Select(i => $"{i}.png")]);

        DataSet.Open(_folder.Path, Model).Samples(4).Select(sample => sample.Name).ShouldBe(["0.png", "2.png", "5.png", "7.png"]);
        DataSet.Open(_folder.Path, Model).Samples(99).Count().ShouldBe(10);
    }

    [Fact]
    public void AFolderThatDoesNotExistIsMissing() =>
        Diagnosed.By(DiagnosticRules.DataMissing, () => DataSet.Open(Path.Combine(_folder.Path, "none"), Model));

    [Fact]
    public void AFolderWithoutImagesIsEmpty() => Diagnosed.By(DiagnosticRules.DataEmpty, () => DataSet.Open(_folder.Path, Model));

    [Theory]
    [InlineData("broken.jpg")]
    [InlineData("broken.png")]
    public void AnImageThatDoesNotDecodeIsNamed(string name)
    {
        _folder.Write(name, "no image");

        Diagnosed.By(DiagnosticRules.DataUnreadable, () => _ = DataSet.Open(_folder.Path, Model).Samples().Count()).Message.ShouldContain(name);
    }

    [Theory]
    [InlineData("a.png three")]
    [InlineData("a.png\tthree")]
    [InlineData("none.png\t3")]
    public void ATableThatIsNotUnderstoodIsAnError(string line)
    {
        WriteImages("a.png");
        _folder.Write("labels.tsv", line);

        Diagnosed.By(DiagnosticRules.DataUnreadable, () => DataSet.Open(_folder.Path, Model)).Message.ShouldContain("line 1");
    }

    [Fact]
    public void AnImageOfAnotherSizeThanTheInputIsAnError()
    {
        _folder.Write("large.png", TestPng.OfColor(3, 2, 0, 0, 0));

        var message = Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => _ = DataSet.Open(_folder.Path, Model).Samples().Count()).Message;
        message.ShouldContain("[1,3,2,2]");
        message.ShouldContain("[1,3,2,3]");
        message.ShouldContain("large.png");
    }

    [Fact]
    public void AnImageSmallerThanTheCropIsAnError()
    {
        WriteImages("small.png");
        var model = Models.Image(Models.Rgb with { CenterCrop = 4 }, 1, 3, 4, 4);

        var message = Diagnosed.By(DiagnosticRules.DataUnreadable, () => _ = DataSet.Open(_folder.Path, model).Samples().Count()).Message;
        message.ShouldContain("4×4");
        message.ShouldNotContain("Parameter");
    }

    [Fact]
    public void ImagesForAModelThatTakesNoneAreAnError()
    {
        WriteImages("a.png");

        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => DataSet.Open(_folder.Path, Models.Of(Models.Tensor("x", ElementType.Float32, 1, 8)))).Message.ShouldContain("'x'");
    }

    private void WriteImages(params string[] names)
    {
        foreach (var name in names)
            _folder.Write(name, TestPng.OfColor(2, 2, 1, 2, 3));
    }
}
