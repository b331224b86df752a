using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

public sealed class PairSumsTests
{
    [Fact]
    public void NoTwoProductsLeaveSixteenBitsForAnythingInTheCalibratedRange()
    {
        var layer = OfConv(Weights(5, 8, 6, 3, 3));
        var input = QuantizationParameters.Covering(new ValueRange(-0.5, 4), IntegerFormat.UInt8);
        var channels = Enumerable.Range(0, 6).Select(i => new ValueRange(-0.1 * i, 0.5 + (0.7 * i))).ToArray();

        var integers = Quantize(layer, channels, input);

        var bounds = channels.Select(range => input.Quantize([(float)range.Min, (float)range.Max])).ToArray();
        GreatestPair(layer, integers, bounds).ShouldBeLessThanOrEqualTo(short.MaxValue);
        integers.Max(Math.Abs).ShouldBeGreaterThan(63); // and no narrower than needed
    }

    [Fact]
    public void NoTwoProductsLeaveSixteenBitsWhereNothingIsKnownOfTheChannels()
    {
        var layer = OfConv(Weights(6, 4, 2, 3, 3));

        var integers = Quantize(layer, null, QuantizationParameters.Covering(new ValueRange(0, 1), IntegerFormat.UInt8));

        GreatestPair(layer, integers, [[0, 255], [0, 255]]).ShouldBeLessThanOrEqualTo(short.MaxValue);
    }

    [Fact]
    public void AWeightThatFitsKeepsEightBits()
    {
        var input = QuantizationParameters.Covering(new ValueRange(0, 4), IntegerFormat.UInt8);

        var integers = Quantize(OfConv(Weights(7, 4, 2, 3, 3)), [new(0, 1), new(0, 0.9)], input);

        integers.Chunk(18).ShouldAllBe(channel => channel.Max(Math.Abs) == 127);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NoTwoProductsLeaveSixteenBitsHoweverFarErrorFeedbackMovesAWeight(bool scalesFit)
    {
        // Inputs that nearly repeat each other make error feedback go far from the nearest integer.
        var layer = OfConv(Weights(5, 8, 6, 3, 3));
        var input = QuantizationParameters.Covering(new ValueRange(-0.5, 4), IntegerFormat.UInt8);
        var channels = Enumerable.Range(0, 6).Select(i => new ValueRange(-0.1 * i, 0.5 + (0.7 * i))).ToArray();
        var pairs = new PairSums(layer, channels, input);
        var layout = ChannelLayout.Of(layer.Weight.Dims, 0);
        var scales = WeightScales.Covering(layer.Weight, layout, X64.Weights);
        if (scalesFit)
            pairs.MakeFit(scales, 127.0 / 63);
        var products = new double[54 * 54];
        for (var i = 0; i < products.Length; i++)
            products[i] = i % 55 == 0 ? 1 : 0.999;
        var rounding = new ErrorFeedbackRounding(new GramMatrix(54, new double[54], [products])) { Pairs = pairs };

        var integers = Array.ConvertAll(rounding.Round(layer.Weight, layout, scales, X64.Weights), value => (int)value);

        var bounds = channels.Select(range => input.Quantize([(float)range.Min, (float)range.Max])).ToArray();
        GreatestPair(layer, integers, bounds).ShouldBeLessThanOrEqualTo(short.MaxValue);
        integers.Chunk(54).Zip(Nearest(layer, scales).Chunk(54)).Count(pair => !pair.First.SequenceEqual(pair.Second)).ShouldBeGreaterThan(4);
    }

    [Theory]
    [InlineData(17, 120, 8, 17, 8)] // 120·255 = 30,600 of 32,767 leaves 2,167, which is 8·255; the inputs of the third channel are half as great
    [InlineData(50, 111, 16, 33, 16)] // 30,600 + 50·127 is 4,183 too much: half of that is taken from 120·255, which leaves 4,258
    public void TheGreatestProductLeavesTheOthersWhatIsLeft(float third, params int[] greatest)
    {
        var layer = OfConv(Tensor.Of([120f, 5, third, -90], 1, 4, 1, 1));
        var input = QuantizationParameters.Covering(new ValueRange(0, 255), IntegerFormat.UInt8);
        var channel = new WeightChannel(layer.Weight, ChannelLayout.Of(layer.Weight.Dims, 0), 0);

        var limits = new PairSums(layer, [new(0, 255), new(0, 255), new(0, 127), new(0, 255)], input).LimitsOf(channel, channel.InSteps(1), X64.Weights);

        limits.Greatest.ShouldBe(greatest.Select(integer => (double)integer));
        limits.Least.ShouldBe([-38, -38, -77, -90]);
    }

    private static int[] Nearest(SummedWeight layer, float[] scales) =>
        Array.ConvertAll(new RoundToNearest().Round(layer.Weight, ChannelLayout.Of(layer.Weight.Dims, 0), scales, X64.Weights), value => (int)value);

    private static int[] Quantize(SummedWeight layer, ValueRange[]? channels, QuantizationParameters input) =>
        Array.ConvertAll(WeightQuantization.Quantize(WeightedNode.Of(layer.Node), input, channels, X64, LayerInputs.None).Weight.Integers, value => (int)value);

    /// <summary>The sum of two products farthest from 0, over all channels, all pairs and the ends of the input's bounds.</summary>
    private static int GreatestPair(SummedWeight layer, int[] integers, byte[][] bounds)
    {
        var greatest = 0;
        foreach (var channel in Enumerable.Range(0, integers.Length).GroupBy(i => layer.ChannelsOf(i).Output))
        {
            var high = channel.Select(i => bounds[layer.ChannelsOf(i).Input].Max(bound => bound * integers[i])).OrderDescending().Take(2).Sum();
            var low = channel.Select(i => bounds[layer.ChannelsOf(i).Input].Min(bound => bound * integers[i])).Order().Take(2).Sum();
            greatest = Math.Max(greatest, Math.Max(high, -low));
        }

        return greatest;
    }

    private static SummedWeight OfConv(Tensor weight)
    {
        var builder = new GraphBuilder(13);
        var conv = builder.Node("Conv", [builder.Input("x", ElementType.Float32, 1, weight.Dims[1], 8, 8), builder.Initializer("w", weight)]).Producer!;
        return SummedWeight.Of(new Use(conv, 1))!;
    }
}
