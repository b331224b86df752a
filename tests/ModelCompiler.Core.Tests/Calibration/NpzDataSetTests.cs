using System.Runtime.InteropServices;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Calibration;

public sealed class NpzDataSetTests : IDisposable
{
    private static readonly DataModel Model = Models.Of(Models.Tensor("x", ElementType.Float32, -1, 2));

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheFirstAxisCountsSamples()
    {
        var data = Open(Model, new TestNpz().Add("x", "<f4", "3, 2", 1f, 2, 3, 4, 5, 6).Add("labels", "<i8", "3,", 7L, 8, 9));

        data.Count.ShouldBe(3);
        data.IsLabelled.ShouldBeTrue();
        data.Samples().Select(sample => sample.Label).ShouldBe([7, 8, 9]);
        data.Samples().Select(sample => sample.Inputs["x"].Span<float>().ToArray()).ShouldBe([[1f, 2f], [3f, 4f], [5f, 6f]]);
        data.Samples().Select(sample => sample.Inputs["x"].Dims.ToArray()).ShouldBe([[1L, 2], [1L, 2], [1L, 2]]);
    }

    [Fact]
    public void SlicesAreNumbers()
    {
        var data = Open(Model, new TestNpz().Add("x", "<f4", "3, 2", 1f, 2, 3, 4, 5, 6).Add("slices", "<i8", "3,", 0L, -1, 12));

        data.Samples().Select(sample => sample.Slice).ShouldBe(["0", "-1", "12"]);
    }

    [Fact]
    public void SamplesCanBeReadAgainAndInPart()
    {
        var data = Open(Model, new TestNpz().Add("x", "<f4", "4, 2", 1f, 1, 2, 2, 3, 3, 4, 4));

        data.Samples(2).Select(sample => sample.Inputs["x"].Span<float>()[0]).ShouldBe([1f, 3f]);
        data.Samples(2).Select(sample => sample.Inputs["x"].Span<float>()[0]).ShouldBe([1f, 3f]);
    }

    [Fact]
    public void AnArrayInColumnOrderIsTurned()
    {
        // 2×3×2 in NumPy: np.arange(12).reshape(2, 3, 2), stored with order='F'.
        float[] columns = [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11];
        var npz = new TestNpz().Add("x", "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3, 2), }", MemoryMarshal.AsBytes<float>(columns).ToArray());

        var data = Open(Models.Of(Models.Tensor("x", ElementType.Float32, -1, 3, 2)), npz);

        data.Samples().Select(sample => sample.Inputs["x"].Span<float>().ToArray()).ShouldBe([[0f, 1, 2, 3, 4, 5], [6f, 7, 8, 9, 10, 11]]);
    }

    [Fact]
    public void BigEndianNumbersAreTurned()
    {
        var npz = new TestNpz().Add("x", "{'descr': '>i4', 'fortran_order': False, 'shape': (1, 2), }", [0, 0, 1, 2, 0xFF, 0xFF, 0xFF, 0xFE]);

        Open(Models.Of(Models.Tensor("x", ElementType.Int32, -1, 2)), npz).Samples().Single().Inputs["x"].Span<int>().ToArray().ShouldBe([258, -2]);
    }

    [Fact]
    public void EveryInputHasItsArray()
    {
        var model = Models.Of(Models.Tensor("ids", ElementType.Int64, -1, 2), Models.Tensor("scale", ElementType.Float16));
        var data = Open(model, new TestNpz().Add("ids", "<i8", "2, 2", 1L, 2, 3, 4).Add("scale", "<f2", "2,", (Half)0.5f, (Half)2));

        var second = data.Samples().Last();

        second.Inputs["ids"].ToLongs().ShouldBe([3L, 4L]);
        second.Inputs["scale"].Rank.ShouldBe(0);
        second.Inputs["scale"].Span<Half>()[0].ShouldBe((Half)2);
    }

    [Fact]
    public void AFixedFirstDimensionTakesThatManyRows()
    {
        var data = Open(Models.Of(Models.Tensor("x", ElementType.UInt8, 2, 1)), new TestNpz().Add("x", "|u1", "4, 1", (byte)1, (byte)2, (byte)3, (byte)4));

        data.Samples().Select(sample => sample.Inputs["x"].Span<byte>().ToArray()).ShouldBe([[1, 2], [3, 4]]);
    }

    [Fact]
    public void ArraysNamedAsOutputsAreWhatIsExpected()
    {
        var model = Model with { Outputs = [Models.Tensor("y", ElementType.Float32, -1)] };

        var data = Open(model, new TestNpz().Add("x", "<f4", "2, 2", 1f, 2, 3, 4).Add("y", "<f4", "2,", 3f, 7));

        data.Samples().Select(sample => sample.ExpectedOutputs["y"].Span<float>()[0]).ShouldBe([3f, 7f]);
    }

    [Fact]
    public void AMissingArrayIsAnErrorThatListsTheOthers()
    {
        var message = DoesNotFit(Model, new TestNpz().Add("X", "<f4", "1, 2", 1f, 2));

        message.ShouldContain("'x'");
        message.ShouldContain("'X'");
    }

    [Fact]
    public void AnotherTypeIsAnError() => DoesNotFit(Model, new TestNpz().Add("x", "<f8", "1, 2", 1.0, 2)).ShouldContain("double");

    [Fact]
    public void AnotherShapeIsAnError() => DoesNotFit(Model, new TestNpz().Add("x", "<f4", "1, 3", 1f, 2, 3)).ShouldContain("[1,3]");

    [Fact]
    public void LabelsMustBeAsManyAsSamples() =>
        DoesNotFit(Model, new TestNpz().Add("x", "<f4", "1, 2", 1f, 2).Add("labels", "<i8", "2,", 1L, 2)).ShouldContain("labels");

    [Fact]
    public void ArraysMustHaveAsManySamples()
    {
        var model = Models.Of(Models.Tensor("a", ElementType.Float32, -1, 1), Models.Tensor("b", ElementType.Float32, -1, 1));

        DoesNotFit(model, new TestNpz().Add("a", "<f4", "1, 1", 1f).Add("b", "<f4", "2, 1", 1f, 2)).ShouldContain("'b' 2");
    }

    [Fact]
    public void ArraysWithoutRowsAreEmpty() =>
        Diagnosed.By(DiagnosticRules.DataEmpty, () => Open(Model, new TestNpz().Add("x", "<f4", "0, 2", Array.Empty<float>())));

    [Fact]
    public void AFileThatIsNoZipIsAnError()
    {
        var path = _folder.Write("data.npz", "no zip");

        Diagnosed.By(DiagnosticRules.DataUnreadable, () => DataSet.Open(path, Model)).Message.ShouldContain(".npz");
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1, 2), }", "'O'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 2), }", "fields")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }", "too large")]
    [InlineData("{}", "header")]
    public void AnArrayThatNoTensorCanBeIsAnError(string header, string mentions)
    {
        var path = _folder.Write("data.npz", new TestNpz().Add("x", header, new byte[8]).ToBytes());

        Diagnosed.By(DiagnosticRules.DataUnreadable, () => DataSet.Open(path, Model)).Message.ShouldContain(mentions);
    }

    [Fact]
    public void AnArrayThatEndsTooSoonIsAnError()
    {
        var data = Open(Model, new TestNpz().Add("x", "<f4", "2, 2", 1f, 2, 3));

        Diagnosed.By(DiagnosticRules.DataUnreadable, () => _ = data.Samples().Count());
    }

    private DataSet Open(DataModel model, TestNpz npz) => DataSet.Open(_folder.Write("data.npz", npz.ToBytes()), model);

    private string DoesNotFit(DataModel model, TestNpz npz) => Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => Open(model, npz)).Message;
}
