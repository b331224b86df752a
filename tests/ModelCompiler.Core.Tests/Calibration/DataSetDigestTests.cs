using System.Security.Cryptography;
using System.Text;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Calibration;

public sealed class DataSetDigestTests : IDisposable
{
    private static readonly DataModel Model = Models.Image(Models.Rgb, 1, 3, 4, 4);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OfAFolderItIsThatOfWhatSha256SumPrints()
    {
        var (a, b, table) = (TestPng.OfColor(4, 4, 1, 2, 3), TestPng.OfColor(4, 4, 3, 2, 1), "b.png\t1\na.png\t0\n");
        _folder.Write("b.png", b);
        _folder.Write("a.png", a);
        _folder.Write("labels.tsv", table);

        DataSetDigest.Of(DataSet.Open(_folder.Path, Model)).ShouldBe(Hash(Encoding.UTF8.GetBytes($"{Hash(a)}  a.png\n{Hash(b)}  b.png\n{Hash(Encoding.UTF8.GetBytes(table))}  labels.tsv\n")));
    }

    [Fact]
    public void OfAFileItIsItsOwn()
    {
        var bytes = new TestNpz().Add("x", "<f4", "1, 3, 4, 4", new float[48]).ToBytes();

        DataSetDigest.Of(DataSet.Open(_folder.Write("x.npz", bytes), Model)).ShouldBe(Hash(bytes));
    }

    [Fact]
    public void TheDescriptionIsNoSampleAndNoPartOfIt()
    {
        _folder.Write("a.png", TestPng.OfColor(4, 4, 1, 2, 3));
        var before = DataSetDigest.Of(DataSet.Open(_folder.Path, Model));

        _folder.Write("dataset.json", """{ "license": "MIT" }""");

        var data = DataSet.Open(_folder.Path, Model);
        (data.Count, DataSetDigest.Of(data)).ShouldBe((1, before));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void AClassThatTheModelDoesNotHaveDoesNotFit(int label)
    {
        var path = _folder.Write("x.npz", new TestNpz().Add("x", "<f4", "2, 3, 4, 4", new float[96]).Add("labels", "<i8", "2,", 1L, label).ToBytes());

        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => DataSet.Open(path, Model with { Classes = 2 })).Message
            .ShouldContain($"its sample 2 is of the class {label}, but the model's 2 classes are 0 to 1");
        DataSet.Open(path, Model).Count.ShouldBe(2);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
