using ModelCompiler.Compilation.MixedPrecision;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Profiles;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Compilation.MixedPrecision;

public sealed class FloatCurveTests
{
    private static readonly QuantizationFormat X64 = HardwareProfiles.Read("linux-x64").Quantization;

    [Fact]
    public void KnowsWhatFlowsBetweenLayers()
    {
        var map = LayerMap.Of(Chain(4), X64);

        map.Layers.Select(layer => layer.Macs).ShouldBe([9 * 16 * 16 * 64, 9 * 16 * 16 * 64, 9 * 16 * 16 * 64, 9 * 16 * 16 * 64]);
        map.Macs.ShouldBe(map.Layers.Sum(layer => layer.Macs));
        map.Crossings.Select(crossing => (crossing.From, crossing.To)).ShouldBe(
            [(null, map.Layers[0]), (map.Layers[0], map.Layers[1]), (map.Layers[1], map.Layers[2]), (map.Layers[2], map.Layers[3]), (map.Layers[3], null)],
            ignoreOrder: true);
        map.Crossings[1].Time.ShouldBe(16 * 64 * X64.Costs.Conversion);
    }

    [Fact]
    public void CountsConversionsOnlyWhereFloatMeetsIntegers()
    {
        var map = LayerMap.Of(Chain(4), X64);
        var assignment = new Assignment(map);
        var all = assignment.Time;

        var growth = assignment.TimeToKeep(map.Layers[1]);
        assignment.Keep(map.Layers[1]);

        assignment.Time.ShouldBe(all + growth, all * 1e-9);
        growth.ShouldBe(map.Layers[1].FloatTime - map.Layers[1].IntegerTime + (2 * map.Crossings[1].Time), all * 1e-9);
        assignment.TimeToKeep(map.Layers[0]).ShouldBeLessThan(growth); // next to it: one conversion moves, none is added
    }

    [Fact]
    public void KeepsWhatIsFasterInFloat()
    {
        var map = LayerMap.Of(DepthwiseFirst(), X64);

        var first = FastestAssignment.Of(map);

        first.Float.ShouldHaveSingleItem().Node.GetInt("group", 1).ShouldBe(16);
        first.Time.ShouldBeLessThan(new Assignment(map).Time);
    }

    [Fact]
    public void TakesTheNoisiestLayerToFloatFirst()
    {
        var map = LayerMap.Of(Chain(12), X64);
        var noise = map.Layers.ToDictionary(layer => layer, _ => new[] { 1e-4 });
        noise[map.Layers[5]] = [0.1];
        noise[map.Layers[2]] = [0.01];

        var steps = FloatCurve.From(new Assignment(map), new Sensitivity(noise));

        steps[0].Float.ShouldBe([map.Layers[5]]);
        steps[1].Float.ShouldBe([map.Layers[5], map.Layers[2]], ignoreOrder: true);
    }

    [Fact]
    public void StaysAModelInIntegers()
    {
        var map = LayerMap.Of(Chain(12), X64);
        var sensitivity = new Sensitivity(map.Layers.ToDictionary(layer => layer, _ => new[] { 0.1 }));

        var last = FloatCurve.From(new Assignment(map), sensitivity)[^1];

        last.FloatMacs.ShouldBeLessThanOrEqualTo(map.Macs / 4);
        last.Float.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void LooksAtTheOutputThatSuffersMost()
    {
        var map = LayerMap.Of(Chain(8), X64);
        var noise = map.Layers.ToDictionary(layer => layer, _ => new[] { 1e-6, 1e-6 });
        noise[map.Layers[1]] = [0.001, 0];
        noise[map.Layers[6]] = [0, 0.1];

        FloatCurve.From(new Assignment(map), new Sensitivity(noise))[0].Float.ShouldContain(map.Layers[6]);
    }

    /// <summary>Convolutions of 16 channels over 8 × 8 positions, one behind the other, that end in scores.</summary>
    private static Model Chain(int layers)
    {
        var builder = new GraphBuilder(13);
        var value = builder.Input("x", ElementType.Float32, 1, 16, 8, 8);
        for (var i = 0; i < layers; i++)
            value = builder.Node("Relu", [Networks.Conv(builder, value, i, 16, 16)]);
        return builder.WithOutput(builder.Node("GlobalAveragePool", [value]));
    }

    /// <summary>A depthwise convolution, whose integer kernel is slow, in front of dense ones.</summary>
    private static Model DepthwiseFirst()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 16, 32, 32);
        var depthwise = builder.Node(
            "Conv",
            [x, builder.Initializer("d", Networks.Weights(1, 16, 1, 3, 3))],
            new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["group"] = 16L, ["pads"] = new long[] { 1, 1, 1, 1 } });
        var dense = Networks.Conv(builder, builder.Node("Relu", [depthwise]), 2, 16, 128);
        return builder.WithOutput(builder.Node("GlobalAveragePool", [Networks.Conv(builder, builder.Node("Relu", [dense]), 3, 128, 128)]));
    }
}
