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

    private static int[] Quantize(SummedWeight layer, ValueRange[]? channels, QuantizationParameters input) =>
        Array.ConvertAll(WeightQuantization.Quantize(WeightedNode.Of(layer.Node), input, channels, X64).Integers, value => (int)value);

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
