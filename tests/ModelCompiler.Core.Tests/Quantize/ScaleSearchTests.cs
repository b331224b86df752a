using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

public sealed class ScaleSearchTests
{
    [Fact]
    public void ClipsAWeightWhoseInputIsNearlyNothing()
    {
        // Integers −1 … 1. With the scale 10 of the first weight, the second becomes 0 and misses 9 (squared 81). From the scale 9 down it is met exactly
        // at 9, and what the first weight loses, 1, counts a thousandth.
        var gram = new GramMatrix(2, [0, 0], [[0.001, 0, 0, 1]]);

        Narrowed(gram, Tensor.Of([10f, 9], 1, 2), 10).ShouldBe([9f], 1e-5);
    }

    [Fact]
    public void KeepsTheScaleThatCoversEverythingWhereThatIsBest()
    {
        var gram = new GramMatrix(2, [0, 0], [[1, 0, 0, 1]]);

        Narrowed(gram, Tensor.Of([10f, 0], 1, 2), 10).ShouldBe([10f]);
    }

    [Fact]
    public void CountsTwoErrorsThatTakeEachOtherBack()
    {
        // The inputs are always equal: 10 − 4 = 6 is all that counts. The scale s makes s + 0 down to s = 8, where −4 is half a step, and s − s below that.
        var gram = new GramMatrix(2, [1, 1], [[1, 1, 1, 1]]);

        Narrowed(gram, Tensor.Of([10f, -4], 1, 2), 10).ShouldBe([8f], 1e-5);
    }

    [Fact]
    public void SearchesEachChannelOnItsOwn()
    {
        var gram = new GramMatrix(2, [0, 0], [[0.001, 0, 0, 1]]);

        Narrowed(gram, Tensor.Of([10f, 9, 10, 0], 2, 2), 10, 10).ShouldBe([9f, 10], 1e-5);
    }

    [Fact]
    public void NeverMakesALayerWorseOnItsSamples()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 8, 10, 10);
        var weight = Weights(3, 8, 8, 3, 3);
        var layer = InputGramTests.LayerOf(builder.WithOutput(builder.Node("Conv", [x, builder.Initializer("w", weight)])));
        var observer = new InputGram(layer);
        observer.Observe(SmoothNoise.Of(1, 8, 10));
        var gram = observer.Result!;
        var format = IntegerFormat.Symmetric(4);
        var layout = ChannelLayout.Of(weight.Dims, 0);
        var (covering, narrowed) = (WeightScales.Covering(weight, layout, format), WeightScales.Covering(weight, layout, format));

        new ScaleSearch(gram).Narrow(weight, layout, narrowed, format);

        var (before, after) = (SquareErrors(gram, weight, layout, covering, format), SquareErrors(gram, weight, layout, narrowed, format));
        after.Zip(before, (a, b) => a <= b * 1.000001).ShouldAllBe(notWorse => notWorse);
        after.Sum().ShouldBeLessThan(before.Sum() * 0.8);
    }

    private static float[] Narrowed(GramMatrix gram, Tensor weight, params float[] scales)
    {
        new ScaleSearch(gram).Narrow(weight, ChannelLayout.Of(weight.Dims, 0), scales, IntegerFormat.Symmetric(2));
        return scales;
    }

    private static double[] SquareErrors(GramMatrix gram, Tensor weight, ChannelLayout layout, float[] scales, IntegerFormat format)
    {
        var rounded = new QuantizedWeight(weight, layout, new RoundToNearest().Round(weight, layout, scales, format), scales).ToFloats();
        var error = rounded.Zip(weight.ToFloats(), (a, b) => (double)a - b).ToArray();
        return [.. Enumerable.Range(0, layout.Channels).Select(channel => gram.SquareOf(error.AsSpan(channel * layout.Inner, layout.Inner), 0))];
    }
}
