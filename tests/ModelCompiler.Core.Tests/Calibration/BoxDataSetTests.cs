using ModelCompiler.Calibration;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Calibration;

/// <summary>Pictures with text files that say where objects are.</summary>
public sealed class BoxDataSetTests : IDisposable
{
    private static readonly DataModel Detector =
        Models.Image(Models.Rgb with { Resize = new ImageResize(ImageResizeKind.Letterbox, 8, 8, 114, false) }, 1, 3, 8, 8) with
        {
            Detections = [new ManifestOutput(Models.Tensor("y", ElementType.Float32, 1, 84, 6), OutputKind.Detections)],
        };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void BoxesBesideThePicturesAreInTheirPixels()
    {
        Picture("a.png");
        Picture("b.png");
        _folder.Write("a.txt", "1 0.5 0.25 0.25 0.5\n\n0 0.125\t0.5 0.25 1\r\n");

        var data = DataSet.Open(_folder.Path, Detector);

        (data.IsLabelled, data.HasBoxes).ShouldBe((true, true));
        data.Samples().First().Boxes.ShouldBe([new LabelledBox(1, new BoundingBox(6, 0, 10, 4)), new LabelledBox(0, new BoundingBox(0, 0, 4, 8))]);
        data.Samples().Last().Boxes.ShouldBe([], "a picture without a file has no objects");
    }

    [Fact]
    public void ThePlaceOfThePictureInTheInputIsKnown()
    {
        Picture("a.png");

        var picture = DataSet.Open(_folder.Path, Detector).Samples().Single().Picture.ShouldNotBeNull();

        (picture.Width, picture.Height).ShouldBe((16, 8));
        picture.Geometry.ShouldBe(new ImageGeometry(0.5, 0.5, 0, 2));
    }

    [Theory]
    [InlineData("images", "labels", "")]
    [InlineData("images", "labels", "images")]
    [InlineData("images/train", "labels/train", "images/train")]
    public void BoxesMayMirrorThePicturesInAFolderOfTheirOwn(string images, string labels, string given)
    {
        Picture($"{images}/a.png");
        _folder.Write($"{labels}/a.txt", "2 0.5 0.5 1 1");

        var data = DataSet.Open(Path.Combine(_folder.Path, given), Detector);

        data.HasBoxes.ShouldBeTrue();
        data.Samples().Single().Boxes.ShouldBe([new LabelledBox(2, new BoundingBox(0, 0, 16, 8))]);
    }

    [Fact]
    public void PicturesWithoutAnyFileAreNotLabelled()
    {
        Picture("a.png");
        _folder.Write("readme.txt", "photos of the yard");

        var data = DataSet.Open(_folder.Path, Detector);

        (data.IsLabelled, data.HasBoxes).ShouldBe((false, false));
        data.Samples().Single().Boxes.ShouldBeNull();
    }

    [Fact]
    public void TextBesideThePicturesOfAClassifierIsNotReadAsBoxes()
    {
        Picture("a.png");
        _folder.Write("a.txt", "a caption");

        var data = DataSet.Open(_folder.Path, Detector with { Detections = [] });

        data.HasBoxes.ShouldBeFalse();
        data.Samples().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("0 0.5 0.5 0.5", "it has 4 fields")]
    [InlineData("0 0.5 0.5 0.5 0.5 0.99", "it has 6 fields")]
    [InlineData("0 0.1 0.1 0.9 0.1 0.9 0.9", "as the outline of an object has")]
    [InlineData("cat 0.5 0.5 0.5 0.5", "'cat' is not the index of a class")]
    [InlineData("-1 0.5 0.5 0.5 0.5", "'-1' is not the index of a class")]
    [InlineData("1.0 0.5 0.5 0.5 0.5", "'1.0' is not the index of a class")]
    [InlineData("0 0.5 x 0.5 0.5", "'x' is not a number")]
    [InlineData("0 0.5 NaN 0.5 0.5", "'NaN' is not a number")]
    [InlineData("0 0,5 0.5 0.5 0.5", "'0,5' is not a number")]
    [InlineData("0 412.5 0.5 0.5 0.5", "412.5 is outside of 0 to 1")]
    [InlineData("0 0.5 -0.5 0.5 0.5", "-0.5 is outside of 0 to 1")]
    [InlineData("0 0.5 0.5 0 0.5", "its width or height is 0")]
    public void ALineThatIsNoBoxIsNamed(string line, string expected)
    {
        Picture("a.png");
        _folder.Write("a.txt", $"0 0.5 0.5 1 1\n{line}\n");

        var diagnostic = Diagnosed.By(DiagnosticRules.BoxInvalid, () => _ = DataSet.Open(_folder.Path, Detector).Samples().Count());

        diagnostic.Message.ShouldStartWith($"Line 2 is no box: ");
        diagnostic.Message.ShouldContain(expected);
        Path.GetFileName(diagnostic.File).ShouldBe("a.txt");
    }

    private void Picture(string name) => _folder.Write(name, TestPng.OfColor(16, 8, 1, 2, 3));
}
