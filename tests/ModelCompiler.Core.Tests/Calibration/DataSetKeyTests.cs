using Google.Protobuf;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Tests.Calibration;

/// <summary>The key of a data set changes with all that its samples follow from, and with nothing else.</summary>
public sealed class DataSetKeyTests : IDisposable
{
    private static readonly DataModel Image = Models.Image(Models.Rgb, 1, 3, 4, 4);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheSamePhotosElsewhereHaveTheSameKey() => Photos("here", 1, 2).ShouldBe(Photos("there", 1, 2));

    [Fact]
    public void AnotherPixelIsAnotherKey() => Photos("here", 1, 2).ShouldNotBe(Photos("there", 1, 3));

    [Fact]
    public void OnePhotoMoreIsAnotherKey() => Photos("here", 1, 2).ShouldNotBe(Photos("there", 1, 2, 3));

    [Fact]
    public void AnotherOrderIsAnotherKey() => Photos("here", 1, 2).ShouldNotBe(Photos("there", 2, 1));

    [Fact]
    public void APhotoThatIsNotTakenDoesNotCount() => KeyOf(Folder("here", 1, 2, 3, 4), Image, limit: 2).ShouldBe(KeyOf(Folder("there", 1, 9, 3, 9), Image, limit: 2));

    [Fact]
    public void AnotherPreprocessingIsAnotherKey()
    {
        var folder = Folder("here", 1, 2);
        var brighter = Models.Image(Models.Rgb with { Mean = new([0.5f]) }, 1, 3, 4, 4);

        KeyOf(folder, Image).ShouldNotBe(KeyOf(folder, brighter));
    }

    [Fact]
    public void AnArchiveCountsWithItsContentAndTheShapesThatItIsReadIn()
    {
        var (one, other) = (Archive("one.npz", 1, 2, 3, 4), Archive("two.npz", 1, 2, 3, 5));
        var (rows, pairs) = (Models.Of(Models.Tensor("x", ElementType.Float32, 1, 1)), Models.Of(Models.Tensor("x", ElementType.Float32, 2, 1)));

        KeyOf(one, rows).ShouldBe(KeyOf(one, rows));
        KeyOf(one, rows).ShouldNotBe(KeyOf(other, rows));
        KeyOf(one, rows).ShouldNotBe(KeyOf(one, pairs));
        KeyOf(one, rows).ShouldNotBe(KeyOf(one, rows, limit: 2));
    }

    [Fact]
    public void TensorFilesCountWithTheirContent()
    {
        var model = Models.Of(Models.Tensor("x", ElementType.Float32, 2));

        KeyOf(Tensors("one", 1, 2), model).ShouldBe(KeyOf(Tensors("same", 1, 2), model));
        KeyOf(Tensors("one", 1, 2), model).ShouldNotBe(KeyOf(Tensors("other", 1, 3), model));
    }

    [Fact]
    public void MadeUpInputsFollowFromTheSignature()
    {
        var small = new SyntheticDataSet(Image, 8);

        small.KeyOf(512).ShouldBe(new SyntheticDataSet(Image, 8).KeyOf(512));
        small.KeyOf(512).ShouldNotBe(new SyntheticDataSet(Models.Image(Models.Rgb, 1, 3, 8, 8), 8).KeyOf(512));
        small.KeyOf(512).ShouldNotBe(new SyntheticDataSet(Image, 9).KeyOf(512));
    }

    [Fact]
    public void KeepingSamplesInMemoryMakesNoDifferenceBetweenThem() =>
        new KeptDataSet(DataSet.Open(Folder("here", 1), Image), 1 << 20).KeyOf(512).ShouldNotBe(new KeptDataSet(DataSet.Open(Folder("there", 2), Image), 1 << 20).KeyOf(512));

    private static string KeyOf(string path, DataModel model, int limit = 512) => DataSet.Open(path, model).KeyOf(limit).ShouldNotBeNull();

    private string Photos(string folder, params byte[] reds) => KeyOf(Folder(folder, reds), Image);

    private string Folder(string folder, params byte[] reds)
    {
        foreach (var (index, red) in reds.Index())
            _folder.Write($"{folder}/{index}.png", TestPng.OfColor(4, 4, red, 0, 0));
        return Path.Combine(_folder.Path, folder);
    }

    private string Archive(string name, params float[] values) =>
        _folder.Write(name, new TestNpz().Add("x", "<f4", $"{values.Length}, 1", values).ToBytes());

    private string Tensors(string folder, params float[] values)
    {
        _folder.Write($"{folder}/test_data_set_0/input_0.pb", new TensorProto { DataType = (int)ElementType.Float32, Dims = { values.Length }, FloatData = { values } }.ToByteArray());
        return Path.Combine(_folder.Path, folder);
    }
}
