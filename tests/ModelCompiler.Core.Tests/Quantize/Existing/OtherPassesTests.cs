using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Passes.Simplify;
using ModelCompiler.Tests.Passes;
using static ModelCompiler.Tests.Quantize.Existing.QuantizedParts;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Existing;

/// <summary>What simplification and the other precisions do with parts that came quantized: nothing.</summary>
public sealed class OtherPassesTests
{
    [Fact]
    public void SimplifyingKeepsEveryInteger()
    {
        var model = CompleteQuantizationTests.ResidualBlock();

        var simplified = model.Clone();
        Pipelines.RunSimplify(simplified, new PassContext());

        simplified.ShouldKeepWhatIsStatedIn(model);
        OutputComparison.Difference(AsWritten(model), AsWritten(simplified), tolerance: 0).ShouldBeNull();
    }

    [Fact]
    public void FloatWeightsInFrontOfAQuantizeLinearAreStoredAsItsIntegers()
    {
        var builder = new GraphBuilder(13);
        var weight = builder.SignedPair(builder.Initializer("w", Weights(1, 8, 3, 3, 3)), 1 / 128f);
        var model = builder.WithScores(builder.Pair(builder.Node("Conv", [builder.Pair(builder.Input(1, 3, 8, 8), InputScale), weight], Pads), 1 / 32f));

        var simplified = model.Clone();
        Pipelines.RunSimplify(simplified, new PassContext());

        simplified.Graph.NodesOf("Conv")[0].Inputs[1]!.Producer!.Inputs[0]!.Constant!.Type.ShouldBe(ElementType.Int8);
        OutputComparison.Difference(AsWritten(model), AsWritten(simplified), tolerance: 0).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("com.microsoft")]
    public void ConstantsStayIntegers(string domain)
    {
        var builder = new GraphBuilder(13).Opset("com.microsoft", 1);
        var bias = builder.Node("DequantizeLinear", [builder.Initializer("b", Tensor.Vector(7, -3)), builder.Initializer("s", Tensor.Scalar(1 / 64f)), builder.Initializer("z", Tensor.Scalar(0))], null, domain);
        builder.Output(builder.Node("Add", [builder.Input("x", ElementType.Float32, 3, 2), bias]), "y");

        PassTest.Run(new FoldConstants(), builder).Declines();
    }

    [Fact]
    public void NothingIsFoldedIntoALayerOfIntegerWeights()
    {
        var builder = new GraphBuilder(13);
        var conv = builder.IntegerConv(builder.Input(1, 3, 8, 8), 1, 3, 4);
        var parameters = Enumerable.Range(0, 4).Select(i => builder.Initializer("p", Tensor.Of(Enumerable.Repeat(1.5f, 4).ToArray(), 4))).ToArray();
        var norm = builder.Node("BatchNormalization", [conv, .. parameters]);
        builder.Output(builder.Node("Mul", [norm, builder.Initializer("two", Tensor.Scalar(2f))]), "y", new TensorType(ElementType.Float32, null));

        PassTest.Run([new FoldBatchNorm(), new FoldMulAdd()], builder.Model).Declines();
    }

    [Fact]
    public void PoolsBetweenTheirQdqDoNotReadOneAnother()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Pair(builder.Input(1, 2, 9, 9), InputScale);
        var pools = new[] { 3L, 5, 7 }.Select(kernel => builder.Pair(builder.Node("MaxPool", [x], Pool(kernel)), InputScale)).ToArray();
        builder.Output(builder.Node("Concat", pools, Attributes("axis", 1L)), "y");

        PassTest.Run(new CascadePools(), builder).Declines();
    }

    [Fact]
    public void Float16LeavesIntegerLayersAndTheirActivations()
    {
        var model = CompleteQuantizationTests.ResidualBlock();

        var (compiled, _, context) = Compile(model, "fp16");

        compiled.ShouldKeepWhatIsStatedIn(model);
        context.Declined.Where(declined => declined.Reason == "the model came quantized and is kept exactly").Select(declined => declined.Node.Split(' ')[0]).ShouldBe(["Conv", "Relu"]);
        ExecutedOperators(compiled).Count(operation => operation == "QLinearConv").ShouldBe(1);
        SqnrDb(model, compiled).ShouldBeGreaterThan(40);
    }

    [Theory]
    [InlineData("int8-weights", 30)]
    [InlineData("int8-dynamic", 25)]
    [InlineData("int4-weights", 10)]
    public void WeightsOfFloatLayersAreStoredSmallBesideIntegersThatStay(string precision, double least)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Pair(builder.Input("x", ElementType.Float32, 16, 128), InputScale);
        var first = builder.Pair(builder.Node("MatMul", [x, builder.Weight(1, 1, 128, 128)]), 1 / 4f);
        var second = builder.Node("Relu", [builder.Node("MatMul", [first, builder.Initializer("v", Weights(2, 128, 128))])]);
        var model = builder.WithOutput(builder.Node("MatMul", [second, builder.Initializer("u", Weights(3, 128, 128))]));

        var (compiled, _, context) = Compile(model, precision);

        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.Graph.Nodes.ShouldNotContain(node => node.OpType == "DynamicQuantizeLinear" && node.Inputs[0]!.Producer!.OpType == "DequantizeLinear");
        if (precision == "int8-dynamic")
            context.Declined.ShouldContain(declined => declined.Reason == "what it reads came as integers, which are not turned into others");
        compiled.Graph.Initializers.Where(value => value.Initializer!.Type == ElementType.Float32).ShouldAllBe(value => value.Initializer!.Count <= 128 * 4);
        SqnrDb(model, compiled).ShouldBeGreaterThan(least);
    }

    private static Dictionary<string, AttributeValue> Pool(long kernel) => new(StringComparer.Ordinal)
    {
        ["kernel_shape"] = new[] { kernel, kernel },
        ["pads"] = Enumerable.Repeat(kernel / 2, 4).ToArray(),
    };
}
