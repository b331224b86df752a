using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Prune;

/// <summary>Kept channels are a multiple of what kernels work on at once.</summary>
public sealed class ChannelStepsTests
{
    [Theory]
    [InlineData(16, 8, 8, "8")]
    [InlineData(20, 8, 8, "4 12")]
    [InlineData(24, 4, 4, "4 8 12 16 20")]
    [InlineData(8, 8, 8, "")]
    [InlineData(3, 1, 1, "1 2")]
    [InlineData(15, 2, 4, "1 3 5 7 9 11 13")]
    [InlineData(16, 2, 4, "4 8 12")]
    public void KeepAMultipleOfChannels(int channels, int multiple, int wideMultiple, string steps)
    {
        var group = CoupledChannels.Of(TwoLayers(channels)).Groups.ShouldHaveSingleItem();

        string.Join(' ', ChannelSteps.Of(group, [.. group.Units.SkipLast(1)], new ChannelWidths(multiple, wideMultiple))).ShouldBe(steps);
    }

    private static Model TwoLayers(int channels)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 6, 6);
        return builder.WithOutput(Networks.Conv(builder, builder.Node("Relu", [Networks.Conv(builder, x, 1, 3, channels)]), 2, channels, 4));
    }
}
