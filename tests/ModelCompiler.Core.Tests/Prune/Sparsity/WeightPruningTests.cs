using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Quantize;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Prune.Sparsity;

/// <summary>As many weights become zero as asked, where they are missed least, and the others make up for them.</summary>
public sealed class WeightPruningTests
{
    private static readonly WeightRecipe Half = new() { Ratio = 0.5 };
    private static readonly WeightRecipe TwoOfFour = Half with { Placement = ZeroPlacement.TwoOfFour };

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.83)]
    public void ExactlyTheShareBecomesZero(double ratio)
    {
        var sparse = Prune(Network(), Half with { Ratio = ratio });

        sparse.Layers.Sum(layer => layer.Zeros).ShouldBe((long)Math.Round(ratio * sparse.Layers.Sum(layer => layer.Weights)));
        sparse.ShareOfZeros.ShouldBe(ratio, 0.001);
        GraphVerifier.Verify(sparse.Model).ShouldBeEmpty();
    }

    [Fact]
    public void FittedWeightsAreFarBetterThanTheSmallestLeftOut()
    {
        var model = Network();

        var even = Half with { Allocation = WeightAllocation.Uniform };

        var ours = SqnrDb(model, Prune(model, even).Model);

        ours.ShouldBeGreaterThan(SqnrDb(model, Prune(model, even with { Selection = WeightSelection.Magnitude }).Model) + 1);
        ours.ShouldBeGreaterThan(SqnrDb(model, Prune(model, even with { Selection = WeightSelection.Magnitude, Kept = KeptWeights.Unchanged }).Model) + 4);
    }

    [Fact]
    public void EveryFourInputChannelsHaveTwoZeros()
    {
        var model = Network();

        var sparse = Prune(model, TwoOfFour);

        var weights = PrunableWeight.In(sparse.Model.Graph, new PassContext());
        foreach (var weight in weights.Where(weight => weight.InputsOfGroup % 4 == 0))
            WithFewerZeros(weight).ShouldBe(0, $"{weight.Layers[0].Node}");
        weights.Count(weight => weight.InputsOfGroup % 4 == 0).ShouldBe(4);
        weights.Single(weight => weight.InputsOfGroup == 3).Read().ShouldNotContain(0);
        SqnrDb(model, sparse.Model).ShouldBeGreaterThan(SqnrDb(model, Prune(model, TwoOfFour with { Selection = WeightSelection.Magnitude, Kept = KeptWeights.Unchanged }).Model) + 2);
    }

    [Fact]
    public void WithLessThanHalfTheLayersThatLoseMostStayDense()
    {
        var sparse = Prune(Network(), TwoOfFour with { Ratio = 0.3 });

        sparse.Layers.Count(layer => layer.Zeros == 0).ShouldBeGreaterThan(1);
        sparse.ShareOfZeros.ShouldBeInRange(0.25, 0.5);
    }

    [Fact]
    public void LayersThatShareAWeightShareItStill()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 6, 12);
        var shared = builder.Initializer("w", Weights(1, 12, 12));
        var first = builder.Node("Relu", [builder.Node("MatMul", [x, shared])]);
        var model = builder.WithOutput(builder.Node("MatMul", [first, shared]));

        var sparse = Prune(model, Half);

        sparse.Model.Graph.NodesOf("MatMul").Select(node => node.Inputs[1]).Distinct().ShouldHaveSingleItem()!.Constant!.ToFloats().Count(weight => weight == 0).ShouldBe(72);
        SqnrDb(model, sparse.Model).ShouldBeGreaterThan(SqnrDb(model, Prune(model, Half with { Selection = WeightSelection.Magnitude, Kept = KeptWeights.Unchanged }).Model));
    }

    [Fact]
    public void ZerosOfTheModelStayAndCount()
    {
        var model = Network();
        var before = Prune(model, Half with { Ratio = 0.3 }).Model;
        var zeros = PrunableWeight.In(before.Graph, new PassContext()).Select(weight => weight.Read()).ToArray();

        var after = Prune(before, Half);

        after.ShareOfZeros.ShouldBe(0.5, 0.001);
        foreach (var (old, now) in zeros.Zip(PrunableWeight.In(after.Model.Graph, new PassContext())))
            old.Zip(now.Read()).Where(pair => pair.First == 0).ShouldAllBe(pair => pair.Second == 0);
        OnnxWriter.ToBytes(Prune(before, Half with { Ratio = 0.2 }).Model).ShouldBe(OnnxWriter.ToBytes(before), "it has more zeros than asked for");
    }

    [Fact]
    public void NothingIsTouchedWhereNothingIsAsked()
    {
        var model = Network();

        OnnxWriter.ToBytes(Prune(model, Half with { Ratio = 0 }).Model).ShouldBe(OnnxWriter.ToBytes(model));
        OnnxWriter.ToBytes(Prune(model, TwoOfFour with { Ratio = 0 }).Model).ShouldBe(OnnxWriter.ToBytes(model));
    }

    [Fact]
    public void AModelWithoutWeightsStaysAsItIs()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 4);
        var model = builder.WithOutput(builder.Node("MatMul", [builder.Node("Relu", [x]), builder.Node("Transpose", [x])]));

        var sparse = Prune(model, Half);

        sparse.Layers.ShouldBeEmpty();
        sparse.ShareOfZeros.ShouldBe(0);
        OnnxWriter.ToBytes(sparse.Model).ShouldBe(OnnxWriter.ToBytes(model));
    }

    [Fact]
    public void WeightsThatCannotBePrunedAreNamed()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 4);
        var left = builder.Node("MatMul", [builder.Initializer("left", Weights(1, 3, 1)), x]);
        var model = builder.WithOutput(builder.Node("MatMul", [left, builder.Initializer("right", Weights(2, 4, 4))]));
        var context = new PassContext();

        var sparse = WeightPruning.Prune(model, Half, Typical(model, 10), context);

        sparse.Layers.ShouldHaveSingleItem().Weights.ShouldBe(16);
        context.Declined.ShouldContain(declined => declined.Reason.Contains("'left'"));
    }

    [Theory]
    [InlineData("one sample")]
    [InlineData("constant")]
    [InlineData("blank")]
    public void PoorSamplesGiveAModelThatRuns(string kind)
    {
        var model = Network();
        var inputs = kind switch
        {
            "one sample" => [.. Samples(model, 1)],
            "constant" => Enumerable.Repeat(Samples(model, 1)[0], 6).ToArray(),
            _ => [.. Enumerable.Range(0, 6).Select(i => new Sample($"blank {i}", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Of(new float[300], 1, 3, 10, 10) }))],
        };

        foreach (var recipe in new[] { Half, TwoOfFour, Half with { Selection = WeightSelection.SecondOrder } })
        {
            var sparse = WeightPruning.Prune(model, recipe, new PruningSamples(inputs, inputs.Length, inputs, AreTypical: true), new PassContext());

            sparse.ShareOfZeros.ShouldBeInRange(0.4, 0.5001);
            sparse.Model.Graph.Initializers.Where(value => value.Initializer!.Type == ElementType.Float32).ShouldAllBe(value => FiniteWeights.Are(value.Initializer!));
            double.IsFinite(SqnrDb(model, sparse.Model)).ShouldBeTrue();
        }
    }

    [Fact]
    public void WeightsOfADeadInputGoFirst()
    {
        // The first layer's channels 0 to 5 are always 0 behind the Relu.
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 4, 8);
        var bias = builder.Initializer("b", Tensor.Vector<float>([.. Enumerable.Range(0, 12).Select(i => i < 6 ? -100f : 1f)]));
        var first = builder.Node("Relu", [builder.Node("Gemm", [x, builder.Initializer("w", Weights(1, 8, 12)), bias])]);
        var model = builder.WithOutput(builder.Node("MatMul", [first, builder.Initializer("v", Weights(2, 12, 10))]));

        var sparse = Prune(model, Half with { Ratio = 60.0 / 216 });

        var read = PrunableWeight.In(sparse.Model.Graph, new PassContext()).Single(weight => weight.Columns == 12).Read();
        var zeros = Enumerable.Range(0, read.Length).Where(i => read[i] == 0).ToLookup(i => i % 12 < 6);
        zeros[true].Count().ShouldBeGreaterThan(4 * zeros[false].Count());
        zeros[true].Count().ShouldBeGreaterThan(30);
    }

    [Fact]
    public void WithoutDataTheSmallestGoAndTheOthersStay()
    {
        var model = Network();
        var samples = Samples(model, 4);

        var sparse = WeightPruning.Prune(model, Half, new PruningSamples(samples, 4, samples, AreTypical: false), new PassContext());

        sparse.ShareOfZeros.ShouldBe(0.5, 0.001);
        foreach (var (old, now) in PrunableWeight.In(model.Graph, new PassContext()).Zip(PrunableWeight.In(sparse.Model.Graph, new PassContext())))
        {
            var pairs = old.Read().Zip(now.Read()).ToArray();
            pairs.Where(pair => pair.Second != 0).ShouldAllBe(pair => pair.First == pair.Second);
            pairs.Where(pair => pair.Second == 0).Select(pair => Math.Abs(pair.First)).DefaultIfEmpty().Max()
                .ShouldBeLessThanOrEqualTo(pairs.Where(pair => pair.Second != 0).Min(pair => Math.Abs(pair.First)));
        }
    }

    [Fact]
    public void GivesTheSameModelTwice()
    {
        static byte[] Bytes() => OnnxWriter.ToBytes(Prune(Network(), Half).Model);

        Bytes().ShouldBe(Bytes());
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1.00390625f, 1f)]
    [InlineData(1.01171875f, 1.015625f)]
    [InlineData(-3.3333333f, -3.328125f)]
    [InlineData(float.MaxValue, float.MaxValue)]
    public void KeptWeightsAreRoundedToTheUpperHalfOfTheirBits(float weight, float rounded) => BFloat16.Rounded(weight).ShouldBe(rounded);

    private static SparseModel Prune(Model model, WeightRecipe recipe) => WeightPruning.Prune(model, recipe, Typical(model, 40), new PassContext());

    private static PruningSamples Typical(Model model, int count)
    {
        var samples = Samples(model, count);
        return new(samples.Take(count * 3 / 4), count * 3 / 4, [.. samples.Skip(count * 3 / 4)], AreTypical: true);
    }

    /// <summary>Fours with fewer than two zeros.</summary>
    private static int WithFewerZeros(PrunableWeight weight)
    {
        var read = weight.Read();
        return Enumerable.Range(0, weight.Outputs).Sum(output => new TwoOfFour().Blocks(weight.Columns, weight.Kernel)
            .Count(block => block.Count(column => read[(output * weight.Columns) + column] == 0) < 2));
    }

    /// <summary>A residual network with a grouped layer, a depthwise one, and a classifier.</summary>
    private static Model Network()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 10, 10);
        var trunk = builder.Node("Relu", [Conv(builder, x, 1, 3, 16)]);
        var inner = builder.Node("Relu", [Conv(builder, trunk, 2, 16, 24)]);
        var sum = builder.Node("Relu", [builder.Node("Add", [Conv(builder, inner, 3, 24, 16), trunk])]);
        var depthwise = Grouped(builder, sum, 4, inputs: 16, outputs: 16, groups: 16);
        var grouped = Grouped(builder, builder.Node("Relu", [depthwise]), 5, inputs: 16, outputs: 12, groups: 2);
        var flat = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [builder.Node("Relu", [grouped])])]);
        return builder.WithOutput(builder.Node(
            "Gemm",
            [flat, builder.Initializer("g", Weights(7, 5, 12)), builder.Initializer("h", Weights(8, 5))],
            new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["transB"] = 1L }));
    }

    private static Value Grouped(GraphBuilder builder, Value x, int seed, int inputs, int outputs, int groups) => builder.Node(
        "Conv",
        [x, builder.Initializer("d", Weights(seed, outputs, inputs / groups, 3, 3)), builder.Initializer("e", Weights(seed + 50, outputs))],
        new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["group"] = (long)groups });
}
