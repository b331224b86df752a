using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Existing.QuantizedParts;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Existing;

/// <summary>Layers whose weights came as integers while their activations are float.</summary>
public sealed class ExistingWeightTests
{
    [Fact]
    public void IntegersAndScalesStayAndActivationsAreAdded()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [builder.Node("Conv", [builder.Input(1, 3, 8, 8), builder.Weight(1, 0, 8, 3, 3, 3), builder.Initializer("b", Weights(9, 8))], Pads)]);
        var flat = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [builder.IntegerConv(first, 2, 8, 8)])]);
        var scores = builder.Node("Gemm", [flat, builder.Weight(3, 0, 10, 8), builder.Initializer("c", Weights(4, 10))], Attributes("transB", 1L));
        var model = builder.Output(scores, "y", new TensorType(ElementType.Float32, Shape.Of(1, 10))).Model;

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(4);
        summary.Kept.ShouldBeEmpty();
        compiled.ShouldKeepWhatIsStatedIn(model);
        ExecutedOperators(compiled).Count(operation => operation == "QLinearConv").ShouldBe(2);
        ExecutedOperators(compiled).ShouldContain("QGemm");
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void TheyStayInTheOperatorsThatAreWritten()
    {
        var builder = new GraphBuilder(13);
        var model = builder.WithScores(builder.IntegerConv(builder.IntegerConv(builder.Input(1, 3, 8, 8), 1, 3, 8), 2, 8, 8));
        var integers = model.Graph.NodesOf("DequantizeLinear").Select(node => Convert.ToHexString(node.Inputs[0]!.Constant!.Data.Span)).ToArray();

        var compiled = Compile(model, "int8").Model;

        compiled.Graph.Nodes.Where(node => node.OpType == "QLinearConv").Select(node => Convert.ToHexString(node.Inputs[3]!.Constant!.Data.Span)).ShouldBe(integers);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void UnsignedWeightsKeepTheirLayerInFloat() =>
        ReasonToKeep(builder => Dequantized(builder, Tensor.Of(Bytes(8 * 3 * 9), 8, 3, 3, 3), Tensor.Scalar((byte)128)))
            .ShouldBe("its weight came as uint8, which the target's kernels do not take");

    [Fact]
    public void WeightsAroundAnotherZeroPointKeepTheirLayerInFloat() =>
        ReasonToKeep(builder => Dequantized(builder, Tensor.Of(new sbyte[8 * 3 * 9], 8, 3, 3, 3), Tensor.Scalar((sbyte)3)))
            .ShouldBe("its weight came with a zero point other than 0");

    [Fact]
    public void ScalesAlongTheInputChannelsKeepTheirLayerInFloat() =>
        ReasonToKeep(builder => builder.Weight(1, 1, 8, 3, 3, 3)).ShouldBe("the scales of its weight are not one for each output channel");

    [Fact]
    public void ScalesForEachChannelKeepTheirLayerInFloatWhereTheTargetTakesOneForAll() =>
        ReasonToKeep(builder => builder.Weight(1, 0, 8, 3, 3, 3), X64WithQdq with { PerChannel = false })
            .ShouldBe("its weight came with a scale for each channel, and the target's kernels take one for all");

    [Fact]
    public void WeightsWhoseSumsWouldSaturateKeepTheirLayerInFloat()
    {
        var greatest = new sbyte[8 * 3 * 9];
        Array.Fill(greatest, (sbyte)127);

        ReasonToKeep(builder => Dequantized(builder, Tensor.Of(greatest, 8, 3, 3, 3), Tensor.Scalar((sbyte)0)))
            .ShouldBe("sums of two products with its weight, as it came, would leave 16 bits on processors without VNNI");
        Compiled(builder => Dequantized(builder, Tensor.Of(greatest, 8, 3, 3, 3), Tensor.Scalar((sbyte)0)), QuantizationScheme.Of(HardwareProfiles.Read("osx-arm64")))
            .Summary.Integer.ShouldBe(2); // signed activations are not multiplied so
    }

    [Fact]
    public void ABiasThatCameForAnotherScaleKeepsItsLayerInFloat()
    {
        var builder = new GraphBuilder(13);
        var bias = builder.Node("DequantizeLinear", [builder.Initializer("b", Tensor.Of(new int[8], 8)), builder.Initializer("bs", Tensor.Scalar(1 / 7f))]);
        var x = builder.Pair(builder.Input(1, 3, 8, 8), InputScale);
        var conv = builder.Node("Conv", [x, builder.Weight(1, 0, 8, 3, 3, 3), bias], Pads);
        var model = builder.WithScores(Conv(builder, builder.Node("Tanh", [conv]), 2, 8, 8));

        Compile(model, "int8").Summary!.Kept.Select(kept => kept.Reason).ShouldContain("its bias came as integers for another scale of its input");
    }

    [Fact]
    public void ABiasBeyond32BitsKeepsItsLayerInFloat()
    {
        var builder = new GraphBuilder(13);
        var weight = builder.Node("DequantizeLinear", [builder.Initializer("w", Tensor.Of(new sbyte[8 * 27], 8, 3, 3, 3)), builder.Initializer("ws", Tensor.Scalar(1e-9f)), builder.Initializer("wz", Tensor.Scalar((sbyte)0))]);
        var conv = builder.Node("Conv", [builder.Input(1, 3, 8, 8), weight, builder.Initializer("b", Tensor.Of(Enumerable.Repeat(100f, 8).ToArray(), 8))], Pads);
        var model = builder.WithScores(Conv(builder, conv, 2, 8, 8));

        Compile(model, "int8").Summary!.Kept.Select(kept => kept.Reason).ShouldContain("its bias is too large for the scale of its weight");
    }

    private static string ReasonToKeep(Func<GraphBuilder, Value> weight, QuantizationScheme? scheme = null)
    {
        var (model, compiled, summary) = Compiled(weight, scheme ?? X64WithQdq);
        summary.Integer.ShouldBe(1);
        compiled.ShouldKeepWhatIsStatedIn(model);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
        return summary.Kept.First(kept => kept.Node.StartsWith("Conv", StringComparison.Ordinal)).Reason;
    }

    /// <summary>A Conv with that weight in front of a float one.</summary>
    private static (Model Model, Model Compiled, QuantizationSummary Summary) Compiled(Func<GraphBuilder, Value> weight, QuantizationScheme scheme)
    {
        var builder = new GraphBuilder(13);
        var conv = builder.Node("Conv", [builder.Input(1, 3, 8, 8), weight(builder)], Pads);
        var model = builder.WithScores(Conv(builder, conv, 2, 8, 8));
        var (compiled, summary, _) = Compile(model, "int8", scheme);
        return (model, compiled, summary!);
    }

    private static Value Dequantized(GraphBuilder builder, Tensor integers, Tensor zeroPoint) =>
        builder.Node("DequantizeLinear", [builder.Initializer("w", integers), builder.Initializer("ws", Tensor.Scalar(1 / 256f)), builder.Initializer("wz", zeroPoint)]);

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(5).NextBytes(bytes);
        return bytes;
    }
}
