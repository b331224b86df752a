using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Existing.QuantizedParts;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Existing;

/// <summary>Float layers beside quantized ones become integer; what came quantized stays.</summary>
public sealed class CompleteQuantizationTests
{
    [Fact]
    public void AFloatLayerBehindAQuantizedOneTakesOverItsScale()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Pair(builder.IntegerConv(builder.Pair(builder.Input(1, 3, 8, 8), InputScale), 1, 3, 8), 1 / 32f);
        var model = builder.WithScores(Conv(builder, first, 2, 8, 8));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(2);
        summary.Kept.ShouldHaveSingleItem().Reason.ShouldBe("nothing integer follows it");
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.ShouldQuantizeNothingTwice();
        compiled.Graph.NodesOf("QuantizeLinear").Count.ShouldBe(3); // the two that came, and what the second layer makes
        ExecutedOperators(compiled).Count(operation => operation == "QLinearConv").ShouldBe(2);
        SqnrDb(model, compiled).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void TheScaleGoesThroughOperatorsThatOnlyMoveNumbers()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Pair(builder.IntegerConv(builder.Pair(builder.Input(1, 3, 8, 8), InputScale), 1, 3, 8), 1 / 32f);
        var pooled = builder.Node("MaxPool", [first], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["kernel_shape"] = new long[] { 2, 2 }, ["strides"] = new long[] { 2, 2 } });
        var turned = builder.Node("Transpose", [pooled], Attributes("perm", new long[] { 0, 1, 3, 2 }));
        var shaped = builder.Node("Reshape", [turned, builder.Initializer("shape", Tensor.Vector(1L, 4, 8, 4))]);
        var joined = builder.Node("Concat", [shaped, shaped], Attributes("axis", 1L));
        var model = builder.WithScores(Conv(builder, joined, 2, 8, 8));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(3); // two Convs, Concat
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.ShouldQuantizeNothingTwice();
        ScalesBehind(compiled, "MaxPool", "Transpose", "Reshape", "Concat").ShouldBe([1 / 32f, 1 / 32f, 1 / 32f, 1 / 32f]);
        SqnrDb(model, compiled).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void AConcatOfTwoScalesHasOneOfItsOwn()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Pair(builder.Input(1, 3, 8, 8), InputScale);
        var (one, other) = (builder.Pair(builder.IntegerConv(x, 1, 3, 4), 1 / 64f), builder.Pair(builder.IntegerConv(x, 2, 3, 4), 1 / 16f));
        var model = builder.WithScores(Conv(builder, builder.Node("Concat", [one, other], Attributes("axis", 1L)), 3, 8, 8));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(4);
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.ShouldQuantizeNothingTwice();
        ScalesBehind(compiled, "Concat").ShouldNotContain(1 / 64f);
        SqnrDb(model, compiled).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void AFloatLayerInFrontOfAQuantizeLinearTakesItsScale()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [Conv(builder, builder.Input(1, 3, 8, 8), 1, 3, 8)]);
        var model = builder.WithScores(builder.Pair(builder.IntegerConv(builder.Pair(first, 1 / 128f, 0), 2, 8, 8), 1 / 32f));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(2);
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.ShouldQuantizeNothingTwice();
        ScalesBehind(compiled, "Conv").ShouldBe([1 / 128f, 1 / 32f]);
        compiled.Graph.NodesOf("Relu").ShouldBeEmpty(); // the zero point is 0: integers saturate there
        SqnrDb(model, compiled).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void EveryReaderOfALayerThatBecameIntegerReadsTheExistingIntegers()
    {
        var builder = new GraphBuilder(13);
        var first = Conv(builder, builder.Input(1, 4, 8, 8), 1, 4, 4);
        var second = builder.Pair(builder.IntegerConv(builder.Pair(first, 1 / 64f), 2, 4, 4), 1 / 32f);
        builder.Output(first, "features", new TensorType(ElementType.Float32, null));
        var model = builder.WithScores(Conv(builder, builder.Node("Add", [first, second]), 3, 4, 4));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(4);
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.ShouldQuantizeNothingTwice();
        compiled.Graph.NodesOf("QuantizeLinear").Count(quantizer => quantizer.Inputs[0]!.Producer is { OpType: "Conv" }).ShouldBe(3);
        compiled.Graph.Outputs.ShouldContain(output => output.Name == "features" && output.Producer!.OpType == "DequantizeLinear");
        ExecutedOperators(compiled).Count(operation => operation == "QLinearConv").ShouldBe(3);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void AReluInFrontOfIntegersBelowZeroStays()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [Conv(builder, builder.Input(1, 3, 8, 8), 1, 3, 8)]);
        var model = builder.WithScores(builder.Pair(builder.IntegerConv(builder.Pair(first, 1 / 64f), 2, 8, 8), 1 / 32f));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(2);
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.Graph.NodesOf("Relu").ShouldHaveSingleItem();
        ScalesBehind(compiled, "Conv").ShouldBe([1 / 64f, 1 / 32f]); // the Relu reads the very integers that go on
        ExecutedOperators(compiled).Count(operation => operation == "QLinearConv").ShouldBe(2);
        SqnrDb(model, compiled).ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData(6 / 255f, true)]
    [InlineData(8 / 255f, false)]
    public void AClipGoesWhereTheIntegersEndAtItsBounds(float scale, bool goes)
    {
        var builder = new GraphBuilder(13);
        var clipped = builder.Node("Clip", [Conv(builder, builder.Input(1, 3, 8, 8), 1, 3, 8), builder.Initializer("least", Tensor.Scalar(0f)), builder.Initializer("greatest", Tensor.Scalar(6f))]);
        var model = builder.WithScores(builder.Pair(builder.IntegerConv(builder.Pair(clipped, scale, 0), 2, 8, 8), 1 / 32f));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(2);
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.Graph.NodesOf("Clip").Count.ShouldBe(goes ? 0 : 1);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void CompletesAResidualBlockOfWhichOneBranchCameQuantized()
    {
        var model = ResidualBlock();

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(5); // four Convs, Add
        summary.Kept.ShouldHaveSingleItem().Reason.ShouldBe("nothing integer follows it");
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.ShouldQuantizeNothingTwice();
        var executed = ExecutedOperators(compiled);
        executed.Count(operation => operation == "QLinearConv").ShouldBe(4);
        executed.ShouldContain("QLinearAdd");
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void CompletesAModelOfIntegerOperators()
    {
        var builder = new GraphBuilder(13);
        var (s, z) = (builder.Initializer("s", Tensor.Scalar(1 / 32f)), builder.Initializer("z", Tensor.Scalar((byte)128)));
        var x = builder.Node("QuantizeLinear", [Conv(builder, builder.Input(1, 3, 8, 8), 1, 3, 4), s, z]);
        var weight = builder.Weight(2, 0, 4, 4, 3, 3).Producer!;
        var integers = builder.Node("QLinearConv", [x, s, z, weight.Inputs[0], weight.Inputs[1], weight.Inputs[2], s, z], Pads);
        var model = builder.WithScores(Conv(builder, builder.Node("DequantizeLinear", [integers, s, z]), 3, 4, 4));
        Pipelines.RunSimplify(model, new PassContext()); // what only told of the weight is dead

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(3);
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.ShouldQuantizeNothingTwice();
        ExecutedOperators(compiled).Count(operation => operation == "QLinearConv").ShouldBe(3);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    /// <summary>x → Conv, Relu → Q/DQ → Conv (quantized) → Q/DQ → Conv; both ends add up, and a last Conv reads the sum.</summary>
    internal static Model ResidualBlock()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [Conv(builder, builder.Input(1, 4, 8, 8), 1, 4, 4)]);
        var quantized = builder.Pair(builder.Node("Relu", [builder.IntegerConv(builder.Pair(first, 1 / 128f, 0), 2, 4, 4)]), 1 / 64f, 0);
        var sum = builder.Node("Relu", [builder.Node("Add", [first, Conv(builder, quantized, 3, 4, 4)])]);
        return builder.WithScores(Conv(builder, sum, 4, 4, 4));
    }

    private static IReadOnlyList<float> ScalesBehind(Model model, params string[] operators) =>
    [
        .. model.Graph.NodesOf("QuantizeLinear").Where(node => operators.Contains(node.Inputs[0]!.Producer?.OpType, StringComparer.Ordinal)).Select(node => node.Inputs[1]!.Constant!.ToFloats()[0]),
    ];
}
