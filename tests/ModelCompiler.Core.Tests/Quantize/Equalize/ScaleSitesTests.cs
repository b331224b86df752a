using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using ModelCompiler.Tests.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Equalize;

public sealed class ScaleSitesTests
{
    [Theory]
    [InlineData("Relu")]
    [InlineData("LeakyRelu")]
    [InlineData("GlobalAveragePool")]
    [InlineData("Identity")]
    public void ScalesThroughWhatHandsOnAFactor(string between) =>
        Scaled(Between((builder, x) => builder.Node(between, [x]))).ShouldHaveSingleItem().Count.ShouldBe(4);

    [Fact]
    public void ScalesThroughMaxPoolAndPRelu() =>
        Scaled(Between((builder, x) => builder.Node(
            "MaxPool", [builder.Node("PRelu", [x, builder.Initializer("slope", Weights(8, 4, 1, 1))])], Ints("kernel_shape", 2, 2)))).ShouldHaveSingleItem().Count.ShouldBe(4);

    [Fact]
    public void LeavesAClipAlone() =>
        Scaled(Between((builder, x) => builder.Node("Clip", [x, builder.Initializer("low", Tensor.Scalar(0f)), builder.Initializer("high", Tensor.Scalar(0.5f))]))).ShouldBeEmpty();

    [Fact]
    public void LeavesASiluAlone() =>
        Scaled(Between((builder, x) => builder.Node("Mul", [x, builder.Node("Sigmoid", [x])]))).ShouldBeEmpty();

    [Fact]
    public void LeavesASumWithItselfAlone() =>
        Scaled(Between((builder, x) => builder.Node("Add", [x, builder.Node("Relu", [x])]))).ShouldBeEmpty();

    [Fact]
    public void LeavesAnOutputOfTheModelAlone()
    {
        var builder = Between((_, x) => x);
        builder.Output(builder.Model.Graph.Nodes[0].Output, "seen", new TensorType(ElementType.Float32, null));

        Scaled(builder).ShouldBeEmpty();
    }

    [Fact]
    public void LeavesAlsoThatAloneOfWhichOneReaderHasNoWeights()
    {
        var builder = new GraphBuilder(13);
        var first = Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 6, 6), 1, 3, 4);
        builder.Output(builder.Node("Softmax", [first]), "z", new TensorType(ElementType.Float32, null));
        builder.WithOutput(Conv(builder, first, 2, 4, 5));

        Scaled(builder).ShouldBeEmpty();
    }

    [Fact]
    public void LeavesASharedWeightAlone()
    {
        var builder = new GraphBuilder(13);
        var shared = builder.Initializer("shared", Weights(2, 3, 3, 1, 1));
        var first = builder.Node("Conv", [builder.Input("x", ElementType.Float32, 1, 3, 6, 6), shared]);
        builder.WithOutput(builder.Node("Conv", [builder.Node("Relu", [first]), shared]));

        Scaled(builder).ShouldBeEmpty();
    }

    [Fact]
    public void DoesNotChangeABiasThatOthersRead()
    {
        var builder = new GraphBuilder(13);
        var bias = builder.Initializer("shared", Weights(9, 4));
        var x = builder.Input("x", ElementType.Float32, 1, 3, 6, 6);
        var first = builder.Node("Conv", [x, builder.Initializer("w", Weights(1, 4, 3, 1, 1)), bias]);
        builder.Output(builder.Node("Conv", [x, builder.Initializer("v", Weights(3, 4, 3, 1, 1)), bias]), "z", new TensorType(ElementType.Float32, null));
        builder.WithOutput(Conv(builder, first, 2, 4, 5));

        Scaled(builder).ShouldHaveSingleItem();
    }

    [Fact]
    public void EveryReaderTakesUpTheScales()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 6, 6), 1, 3, 4)]);
        builder.Output(Conv(builder, first, 2, 4, 5), "z", new TensorType(ElementType.Float32, null));
        builder.WithOutput(Conv(builder, first, 3, 4, 6));

        Scaled(builder).ShouldHaveSingleItem().Readers.Count.ShouldBe(2);
    }

    [Fact]
    public void EachBranchOfAConcatIsScaledWhereItsChannelsLie()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 6, 6);
        Value?[] branches = [builder.Node("Relu", [Conv(builder, x, 1, 3, 4)]), x, Conv(builder, x, 2, 3, 2)];
        builder.WithOutput(Conv(builder, builder.Node("Concat", branches, Int("axis", 1)), 3, 9, 5));

        var site = Scaled(builder).ShouldHaveSingleItem();

        site.Count.ShouldBe(6);
        site.Readers.ShouldHaveSingleItem().Places.ShouldBe([0, 1, 2, 3, ScaleSite.Fixed, ScaleSite.Fixed, ScaleSite.Fixed, 4, 5]);
    }

    [Fact]
    public void ADepthwiseConvolutionReadsAndMakesScales()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 6, 6), 1, 3, 4)]);
        var depthwise = builder.Node("Conv", [first, builder.Initializer("d", Weights(5, 4, 1, 3, 3)), builder.Initializer("e", Weights(6, 4))], Int("group", 4));
        builder.WithOutput(Conv(builder, builder.Node("Relu", [depthwise]), 2, 4, 5));

        Scaled(builder).Select(site => site.Count).ShouldBe([4, 4]);
    }

    [Fact]
    public void ATransposedConvolutionMakesScales()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("ConvTranspose", [builder.Input("x", ElementType.Float32, 1, 3, 6, 6), builder.Initializer("t", Weights(5, 3, 4, 2, 2)), builder.Initializer("u", Weights(6, 4))]);
        builder.WithOutput(Conv(builder, first, 2, 4, 5));

        Scaled(builder).ShouldHaveSingleItem().Count.ShouldBe(4);
    }

    [Fact]
    public void FlattenedChannelsShareAScale()
    {
        var builder = new GraphBuilder(13);
        var pooled = builder.Node("MaxPool", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 6, 6), 1, 3, 4)], Ints("kernel_shape", 5, 5));
        builder.WithOutput(builder.Node("Gemm", [builder.Node("Flatten", [pooled]), builder.Initializer("g", Weights(3, 7, 16))], Int("transB", 1)));

        var site = Scaled(builder).ShouldHaveSingleItem();

        site.Readers.ShouldHaveSingleItem().Places.ShouldBe([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
        site.Step.ShouldBe(AccuracyStep.SmoothActivations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ANormalizationTakesUpScalesOfAllThatMatrixProductsReadOfIt(bool isOneOperator)
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, 1, 5, 8);
        Value?[] parameters = [builder.Initializer("gamma", Weights(1, 8)), builder.Initializer("beta", Weights(2, 8))];
        var norm = isOneOperator
            ? builder.Node("LayerNormalization", [x, .. parameters])
            : builder.Node("Add", [builder.Node("Mul", [builder.Node("Tanh", [x]), parameters[0]]), parameters[1]]);
        builder.Output(builder.Node("MatMul", [norm, builder.Initializer("q", Weights(3, 8, 8))]), "z", new TensorType(ElementType.Float32, null));
        builder.WithOutput(builder.Node("MatMul", [norm, builder.Initializer("k", Weights(4, 8, 6))]));

        Scaled(builder).ShouldHaveSingleItem().Count.ShouldBe(8);
    }

    [Fact]
    public void ANormalizationThatFeedsTheResidualIsLeftAlone()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, 1, 5, 8);
        var norm = builder.Node("LayerNormalization", [x, builder.Initializer("gamma", Weights(1, 8))]);
        builder.WithOutput(builder.Node("Add", [norm, builder.Node("MatMul", [norm, builder.Initializer("q", Weights(3, 8, 8))])]));

        Scaled(builder).ShouldBeEmpty();
    }

    [Fact]
    public void ABiasBehindAMatrixProductIsDividedWithIt()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("MatMul", [builder.Input("x", ElementType.Float32, 2, 3, 6), builder.Initializer("w", Weights(1, 6, 8))]);
        var hidden = builder.Node("Relu", [builder.Node("Add", [builder.Initializer("b", Weights(2, 8)), first])]);
        builder.WithOutput(builder.Node("MatMul", [hidden, builder.Initializer("v", Weights(3, 8, 4))]));

        Scaled(builder).ShouldHaveSingleItem().Makers.Count.ShouldBe(2);
    }

    /// <summary>All sites, after the model with each scaled by other numbers was found to compute the same.</summary>
    private static IReadOnlyList<ScaleSite> Scaled(GraphBuilder builder)
    {
        var found = ScaleSites.Of(builder.Model.Graph);
        var test = PassTest.Run(new ScaleByNumbers(), builder).SameOutputs();
        test.Context.Log.Count.ShouldBe(found.Count * 2);
        return found;
    }

    /// <summary>x → Conv → <paramref name="between"/> → Conv → y.</summary>
    private static GraphBuilder Between(Func<GraphBuilder, Value, Value> between)
    {
        var builder = new GraphBuilder(13);
        var first = Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 6, 6), 1, 3, 4);
        builder.WithOutput(Conv(builder, between(builder, first), 2, 4, 5));
        return builder;
    }

    private static Dictionary<string, AttributeValue> Int(string name, long value) => new(StringComparer.Ordinal) { [name] = value };

    private static Dictionary<string, AttributeValue> Ints(string name, params long[] values) => new(StringComparer.Ordinal) { [name] = values };

    private sealed class ScaleByNumbers : IGraphPass
    {
        public void Run(Graph graph, PassContext context)
        {
            foreach (var site in ScaleSites.Of(graph))
                site.Apply(graph, [.. Enumerable.Range(1, site.Count).Select(place => 0.3 * place)], context);
        }
    }
}
