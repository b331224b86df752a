using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Quantize.Equalize;

public sealed class ScaleRuleTests
{
    [Fact]
    public void DividesByTheRangeAndKeepsTheMiddle() =>
        new ScaleRule(1, 0).Scales(new([1, 0.25], [1, 1])).ShouldBe([2, 0.5], 1e-9);

    [Fact]
    public void SparesChannelsThatLargeWeightsRead() =>
        new ScaleRule(0.5, 0.5).Scales(new([1, 1], [1, 0.0625])).ShouldBe([0.5, 2], 1e-9);

    [Fact]
    public void KeepsScalesWithinAFactorOfFourOfTheMiddle() =>
        new ScaleRule(1, 0).Scales(new([1, 0, 0, 0, 0], [1, 1, 1, 1, 1]))[0].ShouldBe(4, 1e-9);

    [Fact]
    public void PredictsTheNoiseOfOneLayer()
    {
        // Weights 2 and 1, ranges 0 … 5.1 and 0 … 2.55, variances 4 and 1, output power 10. Steps: activations 5.1/255 = 0.02, weights 2/127.
        var noise = Reader([2, 1], [5.1, 2.55], [4, 1]);

        // 0.02²·(2² + 1²) + ½·(2/127)²·(4 + 1), all ÷ 12 ÷ 10
        noise.With([1, 1]).ShouldBe(((0.0004 * 5) + (0.5 * Math.Pow(2 / 127.0, 2) * 5)) / 120, 1e-12);

        // Ranges 2.55 and 2.55: 0.01²·(4² + 1²) + ½·(4/127)²·(4/4 + 1)
        noise.With([2, 1]).ShouldBe(((0.0001 * 17) + (0.5 * Math.Pow(4 / 127.0, 2) * 2)) / 120, 1e-12);
    }

    [Fact]
    public void KnowsThatSumsOfTwoProductsMakeWeightsCoarser()
    {
        var wide = Reader([1, 1], [2.55, 2.55], [0, 1]);
        var narrow = Reader([1, 1], [2.55, 2.55], [0, 1], coarsest: 1 / 63.0);

        // Two products of 1·2.55 in steps of 0.01 must fit into 32,767 steps of the weight.
        var (step, fine) = (2 * 2.55 / 0.01 / short.MaxValue, 1 / 127.0);
        ((narrow.With([1, 1]) - wide.With([1, 1])) * 120).ShouldBe(0.5 * ((step * step) - (fine * fine)), 1e-9);
    }

    private static ReaderNoise Reader(float[] weights, double[] greatest, double[] variances, double coarsest = 1 / 127.0)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, weights.Length, 1, 1);
        var y = builder.Node("Conv", [x, builder.Initializer("w", Tensor.Of(weights, 1, weights.Length, 1, 1))]);
        builder.WithOutput(y);
        var layer = SummedWeight.Of(new Use(y.Producer!, 1))!;
        var moments = new Moments(new double[weights.Length], variances, new double[weights.Length]);
        return new ReaderNoise(layer, [.. Enumerable.Range(0, weights.Length)], Array.ConvertAll(greatest, end => new ValueRange(0, end)), moments, 10, new(255, 1 / 127.0, coarsest));
    }
}
