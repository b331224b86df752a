using Google.Protobuf;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Tests.Calibration;

public sealed class TensorFolderDataSetTests : IDisposable
{
    private static readonly DataModel Model = Models.Of(Models.Tensor("a", ElementType.Float32, 2), Models.Tensor("b", ElementType.Float32, 1)) with
    {
        Outputs = [Models.Tensor("y", ElementType.Float32, 2)],
    };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachFolderIsASampleInTheOrderOfTheNumbers()
    {
        foreach (var number in new[] { 10, 2 })
        {
            Write($"test_data_set_{number}/input_0.pb", "", number, number);
            Write($"test_data_set_{number}/input_1.pb", "", 1);
            Write($"test_data_set_{number}/output_0.pb", "", 5, 6);
        }

        var samples = DataSet.Open(_folder.Path, Model).Samples().ToList();

        samples.Select(sample => sample.Name).ShouldBe(["test_data_set_2", "test_data_set_10"]);
        samples[0].Inputs["a"].Span<float>().ToArray().ShouldBe([2f, 2f]);
        samples[0].ExpectedOutputs["y"].Span<float>().ToArray().ShouldBe([5f, 6f]);
    }

    [Fact]
    public void ATensorThatBearsAnInputsNameBelongsToIt()
    {
        Write("test_data_set_0/input_0.pb", "b", 1);
        Write("test_data_set_0/input_1.pb", "a", 2, 3);

        DataSet.Open(_folder.Path, Model).Samples().Single().Inputs["a"].Span<float>().ToArray().ShouldBe([2f, 3f]);
    }

    [Fact]
    public void AMissingInputIsAnError()
    {
        Write("test_data_set_0/input_0.pb", "", 1, 2);

        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => _ = DataSet.Open(_folder.Path, Model).Samples().Count()).Message.ShouldContain("'b'");
    }

    [Fact]
    public void AnotherShapeIsAnError()
    {
        Write("test_data_set_0/input_0.pb", "", 1, 2, 3);
        Write("test_data_set_0/input_1.pb", "", 1);

        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => _ = DataSet.Open(_folder.Path, Model).Samples().Count()).Message.ShouldContain("[3]");
    }

    [Fact]
    public void AFileThatIsNoTensorIsAnError()
    {
        _folder.Write("test_data_set_0/input_0.pb", [0xFF, 0xFF, 0xFF]);

        Diagnosed.By(DiagnosticRules.DataUnreadable, () => _ = DataSet.Open(_folder.Path, Model).Samples().Count()).Message.ShouldContain("input_0.pb");
    }

    private void Write(string file, string name, params float[] values) =>
        _folder.Write(file, new TensorProto { Name = name, DataType = (int)ElementType.Float32, Dims = { values.Length }, FloatData = { values } }.ToByteArray());
}
