using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Tests.Images;

namespace ModelCompiler.Tests.Calibration;

/// <summary>Labels that are no classes of samples: masks, and values that a model predicts.</summary>
public sealed class TaskLabelsTests : IDisposable
{
    private static readonly DataModel Numbers = Models.Of(Models.Tensor("x", ElementType.Float32, -1, 2));

    private static readonly DataModel Segmenter = Numbers with { Task = ModelTask.Segmentation };

    private static readonly DataModel Regression =
        Numbers with { Task = ModelTask.Regression, Meanings = [new ManifestOutput(Models.Tensor("y", ElementType.Float32, -1, 1), OutputKind.Value)] };

    private static readonly DataModel Photos = Models.Image(Models.Rgb, 1, 3, 4, 8);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ArraysOfMasksAreReadSampleBySample()
    {
        var data = Open(Segmenter, Rows(3).Add("labels", "<i2", "3, 1, 2", new short[] { 1, 2, 255, -1, 5, 6 }));

        data.IsLabelled.ShouldBeTrue();
        data.Samples().Select(sample => sample.Mask!.Classes).ShouldBe([[1, 2], [ClassMask.Ignored, ClassMask.Ignored], [5, 6]]);
        data.Samples(1).Single().Mask!.Classes.ShouldBe([1, 2]);
        data.Samples(2).Select(sample => sample.Mask!.Classes[0]).ShouldBe([1, ClassMask.Ignored]);
        (data.Samples().First().Mask!.Width, data.Samples().First().Mask!.Height, data.Samples().First().Label).ShouldBe((2, 1, null));
    }

    [Fact]
    public void FloatLabelsAreWhatARegressionShouldPredict()
    {
        var data = Open(Regression, Rows(2).Add("labels", "<f8", "2,", 1.5, -2));

        data.IsLabelled.ShouldBeTrue();
        data.Samples().Select(sample => ModelCompiler.Graphs.TensorElements.ToFloats(sample.Targets["y"])).ShouldBe([[1.5f], [-2f]]);
    }

    [Fact]
    public void ArraysNamedAsOutputsAreTargetsToo()
    {
        var data = Open(Numbers with { Outputs = [Models.Tensor("y", ElementType.Float32, -1, 1)] }, Rows(1).Add("y", "<f4", "1, 1", 3f));

        data.Samples().Single().Targets["y"].Span<float>()[0].ShouldBe(3);
    }

    public static TheoryData<ModelTask, string, string, int, string> Misfits => new()
    {
        { ModelTask.Regression, "<i4", "2,", 8, "holds integers, which are classes, but the model predicts values" },
        { ModelTask.Segmentation, "<i4", "2,", 8, "must hold the class of each pixel: integers of the shape [samples, height, width]" },
        { ModelTask.Segmentation, "<f4", "2, 1, 1", 8, "must hold the class of each pixel" },
        { ModelTask.Classification, "<i4", "2, 1, 1", 8, "nothing says that the model is one for segmentation" },
        { ModelTask.Classification, "<i4", "2, 2", 16, "must hold one class index for each sample" },
        { ModelTask.Classification, "<f4", "2,", 8, "must hold integers, the indices of classes, not float. For values that the model predicts say Task=\"Regression\"" },
        { ModelTask.Embedding, "<f4", "2,", 8, "must hold integers" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void LabelsOfAnotherTaskAreAnError(ModelTask task, string type, string shape, int bytes, string expected)
    {
        var npz = Rows(2).Add("labels", $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}", new byte[bytes]);

        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => Open(Regression with { Task = task }, npz)).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("", "images/a.png", "masks/a.png")]
    [InlineData("images", "images/a.png", "masks/a.png")]
    [InlineData("images/train", "images/train/a.png", "masks/train/a.png")]
    [InlineData("photos", "photos/a.png", "photos/masks/a.png")]
    public void MasksLieBesideThePicturesInAFolderOfTheirOwn(string given, string picture, string mask)
    {
        _folder.Write(picture, TestPng.OfColor(8, 4, 1, 2, 3));
        _folder.Write(picture.Replace("a.png", "b.png", StringComparison.Ordinal), TestPng.OfColor(8, 4, 1, 2, 3));
        _folder.Write(mask, PngFile.Write([.. Enumerable.Range(0, 32).Select(i => (byte)(i == 31 ? 255 : i))], 8, 4, 0));

        var data = DataSet.Open(Path.Combine(_folder.Path, given), Photos with { Task = ModelTask.Segmentation });

        data.Count.ShouldBe(2);
        var read = data.Samples().First().Mask.ShouldNotBeNull();
        (read.Width, read.Height, (int)read.Classes[30], (int)read.Classes[31]).ShouldBe((8, 4, 30, ClassMask.Ignored));
        data.Samples().Last().Mask.ShouldBeNull("b has none");
        data.IsLabelled.ShouldBeFalse();
    }

    [Fact]
    public void AColouredMaskIsNamed()
    {
        _folder.Write("images/a.png", TestPng.OfColor(8, 4, 1, 2, 3));
        _folder.Write("masks/a.png", TestPng.OfColor(8, 4, 1, 2, 3));
        var data = DataSet.Open(_folder.Path, Photos with { Task = ModelTask.Segmentation });

        var diagnostic = Diagnosed.By(DiagnosticRules.DataUnreadable, () => _ = data.Samples().Count());

        diagnostic.Message.ShouldContain(Path.Combine("masks", "a.png"));
        diagnostic.Message.ShouldContain("gray PNG whose value is the class");
    }

    [Fact]
    public void ATableHoldsTheValuesOfPictures()
    {
        _folder.Write("a.png", TestPng.OfColor(8, 4, 1, 2, 3));
        _folder.Write("b.png", TestPng.OfColor(8, 4, 1, 2, 3));
        _folder.Write("labels.tsv", "b.png\t-1.5\t2\na.png\t3e1\t0\n");

        var data = DataSet.Open(_folder.Path, Photos with { Task = ModelTask.Regression, Meanings = Regression.Meanings });

        data.IsLabelled.ShouldBeTrue();
        data.Samples().Select(sample => sample.Targets["y"].Span<float>().ToArray()).ShouldBe([[30f, 0], [-1.5f, 2]]);
    }

    [Fact]
    public void ALineWithoutValuesIsNamed()
    {
        _folder.Write("a.png", TestPng.OfColor(8, 4, 1, 2, 3));
        _folder.Write("labels.tsv", "a.png\tcat\n");

        Diagnosed.By(DiagnosticRules.DataUnreadable, () => DataSet.Open(_folder.Path, Photos with { Task = ModelTask.Regression }))
            .Message.ShouldContain("line 1 is not a file name, a tab and the values to be predicted");
    }

    private static TestNpz Rows(int count) => new TestNpz().Add("x", "<f4", $"{count}, 2", new float[2 * count]);

    private DataSet Open(DataModel model, TestNpz npz) => DataSet.Open(_folder.Write("data.npz", npz.ToBytes()), model);
}
