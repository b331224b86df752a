using System.Text;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Execution;

public sealed class OrtModelTests
{
    public static TheoryData<ElementType> NumericTypes =>
    [
        ElementType.Float32, ElementType.Float64, ElementType.Float16, ElementType.BFloat16, ElementType.Bool,
        ElementType.Int8, ElementType.Int16, ElementType.Int32, ElementType.Int64,
        ElementType.UInt8, ElementType.UInt16, ElementType.UInt32, ElementType.UInt64,
    ];

    [Theory]
    [MemberData(nameof(NumericTypes))]
    public void HandsEveryElementTypeInAndOutUnchanged(ElementType type)
    {
        using var model = OrtModel.Load(Copying(type));
        var bytes = Enumerable.Range(0, 6 * type.BitWidth() / 8).Select(i => (byte)(i % 2)).ToArray();

        var output = model.Run(Inputs("x", new Tensor(type, [2, 3], new ManagedTensorData(bytes))))["y"];

        output.Type.ShouldBe(type);
        output.Dims.ToArray().ShouldBe([2L, 3L]);
        output.Data.Span.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public void HandsStringsInAndOut()
    {
        using var model = OrtModel.Load(Copying(ElementType.String));
        var words = new[] { "", "naïve", "x", "y", "z", "ü" }.Select(word => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(word)).ToArray();

        var output = model.Run(Inputs("x", Tensor.OfStrings(words, 2, 3)))["y"];

        output.Strings.Select(word => Encoding.UTF8.GetString(word.Span)).ShouldBe(["", "naïve", "x", "y", "z", "ü"]);
    }

    [Fact]
    public void HandsScalarsAndEmptyTensors()
    {
        using var scalar = OrtModel.Load(Copying(ElementType.Float32, []));
        using var empty = OrtModel.Load(Copying(ElementType.Float32, [0, 3]));

        scalar.Run(Inputs("x", Tensor.Scalar(2.5f).Reshape()))["y"].Span<float>()[0].ShouldBe(2.5f);
        empty.Run(Inputs("x", Tensor.Of(Array.Empty<float>(), 0, 3)))["y"].Count.ShouldBe(0);
    }

    [Fact]
    public void RunsOnlyForTheOutputsThatAreAskedFor()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, 2);
        builder.Output(builder.Node("Relu", [x]), "positive").Output(builder.Node("Neg", [x]), "negative");
        using var model = OrtModel.Load(builder.Model);

        var outputs = model.Run(Inputs("x", Tensor.Vector(-1f, 2f)), ["negative"]);

        outputs.Keys.ShouldBe(["negative"]);
        outputs["negative"].Span<float>().ToArray().ShouldBe([1f, -2f]);
    }

    [Fact]
    public void ABoundRunCanBeRepeated()
    {
        using var model = OrtModel.Load(Copying(ElementType.Float32));
        using var run = model.Bind(Inputs("x", Tensor.Of(new float[6], 2, 3)));

        Should.NotThrow(run.Run);
        Should.NotThrow(run.Run);
    }

    [Fact]
    public void RefusesASequenceByName()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, 2);
        builder.Output(builder.Node("SequenceConstruct", [x]), "list");
        using var model = OrtModel.Load(builder.Model);

        model.Outputs[0].Kind.ShouldBe(ValueKind.Sequence);
        Diagnosed.By(DiagnosticRules.RuntimeRefuses, () => model.Run(Inputs("x", Tensor.Vector(1f, 2f)))).Message.ShouldContain("'list' is not a tensor");
    }

    [Fact]
    public void RefusesAnInputOfAnotherShapeInReadableWords()
    {
        using var model = OrtModel.Load(Copying(ElementType.Float32));

        var diagnostic = Diagnosed.By(DiagnosticRules.RuntimeRefuses, () => model.Run(Inputs("x", Tensor.Of(new float[4], 2, 2))));

        diagnostic.Message.ShouldContain("Expected: 3");
        diagnostic.Message.ShouldNotContain("ErrorCode");
    }

    [Fact]
    public void RefusesAModelWithUnknownOperators()
    {
        var builder = new GraphBuilder(17).Opset("test.unknown", 1);
        builder.Output(builder.Node("Frobnicate", [builder.Input("x", ElementType.Float32, 2)], domain: "test.unknown"), "y");

        Diagnosed.By(DiagnosticRules.RuntimeRefuses, () => OrtModel.Load(builder.Model)).Message.ShouldContain("Frobnicate");
    }

    [Fact]
    public void RefusesBytesThatAreNoModel() =>
        Diagnosed.By(DiagnosticRules.RuntimeRefuses, () => OrtModel.Load([1, 2, 3]));

    [Fact]
    public void LoadsTheExtensionsLibraryForAModelThatNeedsIt()
    {
        var builder = new GraphBuilder(17).Opset("ai.onnx.contrib", 1);
        builder.Output(builder.Node("StringUpper", [builder.Input("x", ElementType.String, 1)], domain: "ai.onnx.contrib"), "y");
        using var model = OrtModel.Load(builder.Model);

        var output = model.Run(Inputs("x", Tensor.OfStrings([Encoding.UTF8.GetBytes("loud")], 1)))["y"];

        Encoding.UTF8.GetString(output.Strings[0].Span).ShouldBe("LOUD");
    }

    [Fact]
    public void RunsARealModel()
    {
        using var model = OrtModel.Load(SharedData.Require("models/cifar10-resnet20/cifar10_resnet20.onnx"));

        var scores = model.Run(Inputs("input", Tensor.Of(new float[2 * 3 * 32 * 32], 2, 3, 32, 32)))[model.Outputs[0].Name];

        model.Inputs.ShouldHaveSingleItem().Shape!.Value[1].ShouldBe(Dimension.Of(3));
        scores.Dims.ToArray().ShouldBe([2L, 10L]);
        scores.Span<float>()[..10].ToArray().ShouldBe(scores.Span<float>()[10..].ToArray());
    }

    private static Model Copying(ElementType type) => Copying(type, [2, 3]);

    private static Model Copying(ElementType type, long[] shape)
    {
        var builder = new GraphBuilder(17);
        return builder.Output(builder.Node("Identity", [builder.Input("x", type, shape)]), "y").Model;
    }

    private static Dictionary<string, Tensor> Inputs(string name, Tensor tensor) => new(StringComparer.Ordinal) { [name] = tensor };
}
