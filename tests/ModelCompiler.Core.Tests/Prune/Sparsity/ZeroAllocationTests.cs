using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Prune.Sparsity;

/// <summary>Zeros go where they cost least, and are as many as asked for.</summary>
public sealed class ZeroAllocationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(137)]
    [InlineData(300)]
    [InlineData(400)]
    public void AreExactlyAsManyAsAsked(long zeros) => ZeroAllocation.Allocate(Curves(1, 5), zeros).Sum().ShouldBe((int)zeros);

    [Fact]
    public void ALayerThatSuffersMoreGivesLess()
    {
        var counts = ZeroAllocation.Allocate(Curves(1, 10), 200);

        counts[0].ShouldBeGreaterThan(counts[1] + 40);
    }

    [Fact]
    public void LayersThatSufferAlikeGiveTheSameShare()
    {
        var counts = ZeroAllocation.Allocate(Curves(1, 1), 200);

        counts[0].ShouldBeInRange(90, 110);
    }

    [Fact]
    public void EvenlyCountsOnlyWhatIsNotZeroAnyway() => ZeroAllocation.Evenly([100, 100, 11], [0, 50, 0], 130).ShouldBe([50, 75, 5]);

    [Fact]
    public void WithoutDataNoLayerIsEmptiedForHavingSmallWeights()
    {
        double[] large = [.. Enumerable.Range(1, 100).Select(i => i * 1.0)];
        double[] small = [.. large.Select(weight => weight / 1000)];

        var counts = LayerAdaptiveMagnitude.Allocate([large, small], 100);

        counts.ShouldBe([50, 50]);
        LayerAdaptiveMagnitude.Allocate([large, [0.1]], 100).ShouldBe([100, 0], "the last weight of a layer goes last, and of two last ones the larger layer's");
    }

    private static WeightCurve[] Curves(params double[] sensitivities)
    {
        var model = Layers(sensitivities.Length);
        return [.. PrunableWeight.In(model.Graph, new PassContext()).Select((weight, i) => WeightCurve.Of(weight, zeros => sensitivities[i] * zeros * zeros))];
    }

    private static Model Layers(int count)
    {
        var builder = new GraphBuilder(13);
        var y = builder.Input("x", ElementType.Float32, 1, 20);
        for (var i = 0; i < count; i++)
            y = builder.Node("MatMul", [y, builder.Initializer("w", Weights(i, i == 0 ? [20, 10] : [10, 20]))]);
        return builder.WithOutput(y);
    }
}
