using System.Collections.Frozen;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

public sealed class ExecutedKernelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<bool> Forms => [true, false];

    [Theory]
    [MemberData(nameof(Forms))]
    public void ConfirmsWhatIsFused(bool channelsLast)
    {
        var (compiled, summary, _) = Compile(Classifier(), "int8", X64 with { ChannelsLast = channelsLast });

        Confirm(compiled, summary!).ShouldBe(summary);
    }

    [Fact]
    public void TellsWhatONNXRuntimeDidNotFuse()
    {
        // The sum is read as floats too, so that no integer kernel can take its place.
        var builder = new GraphBuilder(13);
        var x = Quantized(builder, builder.Input("x", ElementType.Float32, 1, 4, 6, 6));
        var sum = builder.Node("Add", [x, x]);
        builder.Output(builder.Node("Exp", [sum]), "e", new TensorType(ElementType.Float32, null));
        var product = builder.Node("Mul", [Quantized(builder, sum), x]);
        var model = builder.WithOutput(Quantized(builder, product));

        var confirmed = Confirm(model, new QuantizationSummary(2, 2, []));

        confirmed.Integer.ShouldBe(1);
        var lost = confirmed.Kept.ShouldHaveSingleItem();
        lost.Node.ShouldBe(sum.Producer!.ToString());
        lost.Reason.ShouldBe("ONNX Runtime did not fuse it: it runs Add on floats");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void ALayerThatIsKeptInFloatStaysFloat(bool channelsLast)
    {
        var model = ThreeLayers();
        var second = model.Graph.NodesOf("Conv")[1].Output.Name;
        var inputs = new PrecisionInputs(X64 with { ChannelsLast = channelsLast }, new SampleCalibration(Samples(model)))
        {
            KeptInFloat = new Dictionary<string, string>(StringComparer.Ordinal) { [second] = "asked for" }.ToFrozenDictionary(StringComparer.Ordinal),
        };
        using var compiled = model.Clone();
        var summary = Precisions.Find("int8")!.Apply(compiled, inputs, new PassContext())!;

        var executed = ExecutedOperators(compiled);

        executed.Count(operation => operation is "Conv" or "FusedConv").ShouldBe(1);
        executed.Count(operation => operation == "QLinearConv").ShouldBe(2);
        QuantizedWeights(compiled).ShouldBe(0);
        Confirm(compiled, summary).ShouldBe(summary);
    }

    [Fact]
    public void WithoutAShieldONNXRuntimeWouldQuantizeItsWeights()
    {
        var builder = new GraphBuilder(13);
        var x = Quantized(builder, builder.Input("x", ElementType.Float32, 1, 4, 8, 8));
        var model = builder.WithOutput(Quantized(builder, builder.Node("Relu", [Conv(builder, x, 1, 4, 4)])));

        var shielded = PassTest.Run([new ShieldFloatLayers()], model).SameOutputs().Rewritten;

        QuantizedWeights(model).ShouldBe(2); // weight and bias
        QuantizedWeights(shielded).ShouldBe(0);
    }

    [Theory]
    [InlineData("models/squeezenet/squeezenet_fp32.onnx", 26)]
    [InlineData("models/cifar10-resnet20/cifar10_resnet20.onnx", 19)]
    [InlineData("models/yolox-nano/yolox_nano.onnx", 104)]
    public void LosesNoneOfARealModel(string path, int convolutions)
    {
        using var original = OnnxReader.Read(SharedData.Require(path));
        Pipelines.RunSimplify(original, new PassContext());
        var inputs = new PrecisionInputs(X64, new SampleCalibration(Samples(original, 2)));
        using var compiled = original.Clone();
        var summary = Precisions.Find("int8")!.Apply(compiled, inputs, new PassContext())!;

        Confirm(compiled, summary).Kept.ShouldBe(summary.Kept);
        ExecutedOperators(compiled).Count(operation => operation == "QLinearConv").ShouldBe(convolutions);
    }

    private QuantizationSummary Confirm(Model written, QuantizationSummary claimed)
    {
        var path = OnnxWriter.Write(written, _folder["written.onnx"])[0];
        var confirmed = ExecutedGraph.Look(path, executed => new ExecutedKernels(executed).Confirm(written, claimed));
        return confirmed.Kept.SequenceEqual(claimed.Kept) ? confirmed with { Kept = claimed.Kept } : confirmed;
    }

    private static Model ThreeLayers()
    {
        var builder = new GraphBuilder(13);
        var value = builder.Input("x", ElementType.Float32, 1, 4, 8, 8);
        for (var i = 0; i < 3; i++)
            value = builder.Node("Relu", [Conv(builder, value, i + 1, 4, 4)]);
        return builder.WithOutput(builder.Node("GlobalAveragePool", [value]));
    }

    private static Value Quantized(GraphBuilder builder, Value value)
    {
        var scale = builder.Initializer("s", Tensor.Scalar(0.05f));
        var zero = builder.Initializer("z", new Tensor(ElementType.UInt8, [], new ManagedTensorData(new byte[] { 128 })));
        return builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [value, scale, zero]), scale, zero]);
    }

    /// <summary>Weights that float operators read from integers in the graph that is run.</summary>
    private int QuantizedWeights(Model model) =>
        ExecutedGraph.Look(OnnxWriter.Write(model, _folder["model.onnx"])[0], executed => executed.Graph.NodesOf("DequantizeLinear").Count(node => node.Inputs[0]!.Constant is not null));
}
