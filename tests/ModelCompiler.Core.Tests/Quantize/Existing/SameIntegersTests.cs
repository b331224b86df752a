using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Tests.Passes;
using ModelCompiler.Tests.Quantize.Layout;
using static ModelCompiler.Tests.Quantize.Existing.QuantizedParts;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Existing;

/// <summary>The integers of a part that came quantized, in ONNX Runtime: as the original's Q/DQ make them node by node, and in every form that is written.</summary>
public sealed class SameIntegersTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OfAnExistingPartInFrontOfFloatLayers(bool channelsLast)
    {
        var builder = new GraphBuilder(13);
        var first = builder.Pair(builder.Node("Relu", [builder.IntegerConv(builder.Pair(builder.Input(1, 3, 8, 8), InputScale), 1, 3, 8)]), 1 / 32f, 0);
        var pooled = builder.Pair(builder.Node("MaxPool", [first], Attributes("kernel_shape", new long[] { 2, 2 })), 1 / 32f, 0);
        var second = builder.Pair(builder.IntegerConv(pooled, 2, 8, 8), 1 / 8f);
        builder.Output(second.Producer!.Inputs[0]!, "integers", new TensorType(ElementType.UInt8, null));
        var model = builder.WithScores(Conv(builder, second, 3, 8, 8));

        var compiled = Compile(model, "int8", channelsLast ? X64 : X64WithQdq).Model;

        if (channelsLast)
            compiled.Graph.Nodes.Count(node => node.OpType == "QLinearConv" && node.GetInt("channels_last", 0) == 1).ShouldBe(3);
        else
            compiled.ShouldKeepWhatIsStatedIn(model);
        GivesTheSameIntegers(model, compiled);
    }

    [Fact]
    public void OfExistingIntegerOperators()
    {
        var builder = new GraphBuilder(13);
        var (s, z) = (builder.Initializer("s", Tensor.Scalar(InputScale)), builder.Initializer("z", Tensor.Scalar((byte)128)));
        var weight = builder.Weight(1, 0, 4, 3, 3, 3).Producer!;
        var integers = builder.Node("QLinearConv", [builder.Node("QuantizeLinear", [builder.Input(1, 3, 8, 8), s, z]), s, z, weight.Inputs[0], weight.Inputs[1], weight.Inputs[2], s, z], Pads);
        builder.Output(integers, "integers", new TensorType(ElementType.UInt8, null));
        var model = builder.WithScores(Conv(builder, builder.Node("DequantizeLinear", [integers, s, z]), 3, 4, 4));

        var compiled = Compile(model, "int8").Model;

        compiled.Graph.Nodes.Count(node => node.OpType == "QLinearConv" && node.GetInt("channels_last", 0) == 1).ShouldBe(2);
        GivesTheSameIntegers(model, compiled);
    }

    [Fact]
    public void OfSignedIntegerOperatorsBesideUnsignedOnes()
    {
        var builder = new GraphBuilder(13);
        var (s, z) = (builder.Initializer("s", Tensor.Scalar(InputScale)), builder.Initializer("z", Tensor.Scalar((sbyte)0)));
        var weight = builder.Weight(1, 0, 4, 3, 3, 3).Producer!;
        var integers = builder.Node("QLinearConv", [builder.Node("QuantizeLinear", [builder.Input(1, 3, 8, 8), s, z]), s, z, weight.Inputs[0], weight.Inputs[1], weight.Inputs[2], s, z], Pads);
        builder.Output(integers, "integers", new TensorType(ElementType.Int8, null));
        var behind = builder.Node("Tanh", [builder.Node("DequantizeLinear", [integers, s, z])]);
        var model = builder.WithScores(Conv(builder, Conv(builder, behind, 3, 4, 4), 4, 4, 4));

        var compiled = Compile(model, "int8").Model;

        compiled.Graph.Nodes.Count(node => node.OpType == "QLinearConv").ShouldBe(3);
        GivesTheSameIntegers(model, compiled);
    }

    [Fact]
    public void OfAResidualBlockInBothForms() =>
        IntegerTwin.Of(CompleteQuantizationTests.ResidualBlock()).GiveTheSame().Count("QLinearConv").ShouldBe(4);

    /// <summary>The original node by node, without any rewriting by ONNX Runtime; the compiled one both ways.</summary>
    private static void GivesTheSameIntegers(Model model, Model compiled)
    {
        GraphVerifier.Verify(compiled).ShouldBeEmpty();
        using var original = OrtModel.Load(model, ExecutionOptions.AsWritten);
        using var optimized = OrtModel.Load(compiled);
        using var asWritten = OrtModel.Load(compiled, ExecutionOptions.AsWritten);
        for (var seed = 0; seed < 5; seed++)
        {
            var inputs = RandomTensors.ForInputs(model, seed);
            var expected = original.Run(inputs, ["integers"]);
            OutputComparison.Difference(expected, optimized.Run(inputs, ["integers"]), tolerance: 0).ShouldBeNull();
            OutputComparison.Difference(expected, asWritten.Run(inputs, ["integers"]), tolerance: 0).ShouldBeNull();
        }
    }
}
