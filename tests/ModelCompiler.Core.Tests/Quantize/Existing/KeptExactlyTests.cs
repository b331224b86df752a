using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Existing.QuantizedParts;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Existing;

/// <summary>What came quantized and is not to be touched.</summary>
public sealed class KeptExactlyTests
{
    [Fact]
    public void AModelInQdqFormWhoseLayersAreAllQuantized()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Pair(builder.Node("Relu", [builder.IntegerConv(builder.Pair(builder.Input(1, 3, 8, 8), InputScale), 1, 3, 8)]), 1 / 32f, 0);
        var pooled = builder.Pair(builder.Node("MaxPool", [first], Attributes("kernel_shape", new long[] { 2, 2 })), 1 / 32f, 0);
        var model = builder.WithScores(builder.Pair(builder.IntegerConv(pooled, 2, 8, 8), 1 / 16f));

        ComesOutExactly(model).Kept.ShouldHaveSingleItem().Reason.ShouldBe("the model came quantized and is kept exactly");
    }

    [Fact]
    public void FloatOperatorsBetweenQuantizedLayers()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Pair(builder.Input(1, 4, 8, 8), InputScale);
        var sum = builder.Node("Add", [x, builder.Pair(builder.IntegerConv(x, 1, 4, 4), 1 / 32f)]);
        var gated = builder.Node("Mul", [sum, builder.Node("Sigmoid", [sum])]);
        var model = builder.WithScores(builder.Pair(builder.IntegerConv(builder.Pair(gated, 1 / 32f), 2, 4, 4), 1 / 16f));

        ComesOutExactly(model).Integer.ShouldBe(2);
    }

    [Fact]
    public void ALayerWhoseBiasIsFloatOrWhoseZeroPointsAreLeftOut()
    {
        var builder = new GraphBuilder(13);
        var s = builder.Initializer("s", Tensor.Scalar(InputScale));
        var x = builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [builder.Input(1, 3, 8, 8), s]), s]);
        var weight = builder.Node("DequantizeLinear", [builder.Initializer("w", Tensor.Of(new sbyte[8 * 27], 8, 3, 3, 3)), s]);
        var conv = builder.Node("Conv", [x, weight, builder.Initializer("b", Weights(1, 8))], Pads);
        var model = builder.WithScores(builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [conv, s]), s]));

        ComesOutExactly(model).Integer.ShouldBe(1);
    }

    [Fact]
    public void AFloatLayerThatHasNoIntegerFormHere()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Pair(builder.IntegerConv(builder.Pair(builder.Input(1, 3, 8, 8), InputScale), 1, 3, 8), 1 / 32f);
        var model = builder.WithScores(builder.Pair(builder.Node("ConvTranspose", [x, builder.Initializer("w", Weights(1, 8, 2, 1, 1))]), 1 / 16f));

        ComesOutExactly(model).Integer.ShouldBe(1);
    }

    [Fact]
    public void WhatABranchTurnsIntoIntegers()
    {
        var builder = new GraphBuilder(13);
        var first = Conv(builder, builder.Input(1, 4, 8, 8), 1, 4, 4);
        var chosen = builder.Node("If", [builder.Initializer("flag", Tensor.Scalar(true))], new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["then_branch"] = builder.Nested("yes", branch => branch.Output(branch.Pair(branch.IntegerConv(branch.Pair(first, 1 / 64f), 2, 4, 4), 1 / 32f))),
            ["else_branch"] = builder.Nested("no", branch => branch.Output(branch.Node("Neg", [first]))),
        });
        var model = builder.WithScores(Conv(builder, chosen, 3, 4, 4));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(2); // the one in the branch, and the last
        summary.Kept.ShouldContain(kept => kept.Reason == $"'{first.Name}' is turned into integers in several places, or in a nested graph");
        compiled.ShouldKeepWhatIsStatedIn(model);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Theory]
    [InlineData("int8")]
    [InlineData("fp32")]
    [InlineData("int8-weights")]
    [InlineData("fp16-weights")]
    public void SignedActivationsOnATargetOfUnsignedOnes(string precision)
    {
        var model = WithSignedPart();

        var (compiled, summary, _) = Compile(model, precision);

        compiled.ShouldKeepWhatIsStatedIn(model);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
        if (precision != "int8")
            return;
        summary!.Integer.ShouldBe(3); // the signed layer as it came, and the two that touch no signed integers
        summary.Kept.Select(kept => kept.Reason).ShouldBe(
            [
                $"int8 integers stand for '{Floats(model, "QuantizeLinear")}', which the target's kernels do not take",
                $"int8 integers stand for '{Floats(model, "DequantizeLinear")}', which the target's kernels do not take",
                "nothing integer follows it",
            ]);
    }

    [Fact]
    public void SignedActivationsBehindAndInFrontOfARelu()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [Conv(builder, builder.Input(1, 3, 8, 8), 1, 3, 8)]);
        var second = builder.SignedPair(builder.IntegerConv(builder.SignedPair(first, 1 / 64f), 2, 8, 8), 1 / 32f);
        var third = builder.Node("Tanh", [Conv(builder, builder.Node("Relu", [second]), 3, 8, 8)]);
        var model = builder.WithScores(Conv(builder, third, 4, 8, 8));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(2); // the signed one and the last
        summary.Kept.Count(kept => kept.Reason.StartsWith("int8 integers stand for", StringComparison.Ordinal)).ShouldBe(2);
        compiled.ShouldKeepWhatIsStatedIn(model);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void SignedActivationsAreTakenOverWhereTheTargetTakesThem()
    {
        var model = WithSignedPart();

        var (compiled, summary, _) = Compile(model, "int8", QuantizationScheme.Of(HardwareProfiles.Read("osx-arm64")) with { ChannelsLast = false });

        summary!.Integer.ShouldBe(5);
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.ShouldQuantizeNothingTwice();
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void AScaleForEachChannelOfAnActivation()
    {
        var builder = new GraphBuilder(13);
        var (s, z) = (builder.Initializer("s", Tensor.Vector(1 / 64f, 1 / 32f, 1 / 64f)), builder.Initializer("z", Tensor.Vector<byte>(128, 128, 128)));
        var x = builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [builder.Input(1, 3, 8, 8), s, z], Attributes("axis", 1L)), s, z], Attributes("axis", 1L));

        KeepsTheFirstOfTwoConvs(builder, x, "integers with more than one scale");
    }

    [Fact]
    public void AScaleThatIsComputed()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input(1, 3, 8, 8);
        var (s, z) = (builder.Node("Exp", [builder.Input("logarithm", ElementType.Float32)]), builder.Initializer("z", Tensor.Scalar((byte)128)));
        x = builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [x, s, z]), s, z]);

        KeepsTheFirstOfTwoConvs(builder, x, "integers whose scale or zero point is computed");
    }

    [Fact]
    public void SixteenBits()
    {
        var builder = new GraphBuilder(21, irVersion: 10);
        var (s, z) = (builder.Initializer("s", Tensor.Scalar(1 / 16384f)), builder.Initializer("z", Tensor.Scalar((ushort)32768)));
        var x = builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [builder.Input(1, 3, 8, 8), s, z]), s, z]);

        KeepsTheFirstOfTwoConvs(builder, x, "uint16 integers");
    }

    [Fact]
    public void WeightsInBlocksOf4Bits()
    {
        var builder = new GraphBuilder(21, irVersion: 10);
        var integers = new Tensor(ElementType.Int4, [32, 16], new ManagedTensorData(Enumerable.Range(0, 256).Select(i => (byte)(i * 37)).ToArray()));
        var weight = builder.Node(
            "DequantizeLinear", [builder.Initializer("w", integers), builder.Initializer("ws", Tensor.Of(Enumerable.Repeat(1 / 32f, 32).ToArray(), 2, 16))],
            new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 0L, ["block_size"] = 16L });
        var hidden = builder.Node("MatMul", [builder.Input(4, 32), weight]);
        var model = builder.WithOutput(builder.Node("MatMul", [hidden, builder.Initializer("v", Weights(2, 16, 8))]));

        var (compiled, summary, _) = Compile(model, "int8");

        summary!.Integer.ShouldBe(1);
        summary.Kept.ShouldHaveSingleItem().Reason.ShouldBe("its weight came as int4, which the target's kernels do not take");
        compiled.ShouldKeepWhatIsStatedIn(model);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void TwoScalesForWhatOneLayerMakes()
    {
        var builder = new GraphBuilder(13);
        var first = Conv(builder, builder.Input(1, 3, 8, 8), 1, 3, 4);
        var (one, other) = (builder.Pair(builder.IntegerConv(builder.Pair(first, 1 / 64f), 2, 4, 4), 1 / 32f), builder.Pair(builder.IntegerConv(builder.Pair(first, 1 / 32f), 3, 4, 4), 1 / 32f));
        var model = builder.WithScores(Conv(builder, builder.Node("Add", [one, other]), 4, 4, 4));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(4);
        summary.Kept.ShouldContain(kept => kept.Reason.EndsWith("is turned into integers in several places, or in a nested graph", StringComparison.Ordinal));
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.ShouldQuantizeNothingTwice();
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    /// <summary>Conv → int8 Q/DQ → Conv (quantized) → int8 Q/DQ → Conv, Tanh → two Convs.</summary>
    private static Model WithSignedPart()
    {
        var builder = new GraphBuilder(13);
        var first = Conv(builder, builder.Input(1, 3, 8, 8), 1, 3, 8);
        var second = builder.SignedPair(builder.IntegerConv(builder.SignedPair(first, 1 / 64f), 2, 8, 8), 1 / 32f);
        var third = builder.Node("Tanh", [Conv(builder, second, 3, 8, 8)]);
        return builder.WithScores(Conv(builder, Conv(builder, third, 4, 8, 8), 5, 8, 8));
    }

    private static string Floats(Model model, string opType) => opType == "QuantizeLinear"
        ? model.Graph.NodesOf(opType)[0].Inputs[0]!.Name
        : model.Graph.NodesOf(opType)[^1].Output.Name;

    private static void KeepsTheFirstOfTwoConvs(GraphBuilder builder, Value x, string kind)
    {
        var model = builder.WithScores(Conv(builder, builder.Node("Tanh", [Conv(builder, x, 1, 3, 8)]), 2, 8, 8));

        var (compiled, summary, _) = Compile(model, "int8");

        summary!.Integer.ShouldBe(1);
        summary.Kept[0].Reason.ShouldBe($"{kind} stand for '{x.Name}', which the target's kernels do not take");
        compiled.ShouldKeepWhatIsStatedIn(model);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    private static QuantizationSummary ComesOutExactly(Model model)
    {
        var (compiled, summary, context) = Compile(model, "int8");

        context.Log.ShouldBeEmpty();
        GraphText.Of(compiled).ShouldBe(GraphText.Of(model));
        return summary!;
    }
}
