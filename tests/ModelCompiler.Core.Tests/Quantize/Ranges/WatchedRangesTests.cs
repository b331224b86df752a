using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Ranges;

public sealed class WatchedRangesTests
{
    public static TheoryData<string> Methods => ["MinMax", "Percentile", "Entropy", "Mse"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void WhatAConcatMakesHasTheRangeOfItsNumbersThoughNobodyLooks(string method)
    {
        var graph = Concats();
        var scheme = X64 with { Ranges = Enum.Parse<RangeMethod>(method) };
        var ranges = new WatchedRanges(graph, graph.Nodes.Select(node => node.Output).ToDictionary(value => value, _ => scheme.NewEstimator()));
        var direct = scheme.NewEstimator();
        foreach (var seed in Enumerable.Range(0, 5))
        {
            Tensor[] parts = [Numbers(seed, 1), Numbers(seed + 10, 0.01f), Numbers(seed + 20, seed)];
            foreach (var (value, part) in graph.Nodes.Take(3).Select(node => node.Output).Zip(parts))
                ranges.ObserversOf(value).Single().Observe(part);
            direct.Observe(Tensor.Vector<float>([.. parts.SelectMany(part => part.ToFloats())]));
        }

        graph.Nodes.Skip(3).ShouldAllBe(concat => !ranges.ObserversOf(concat.Output).Any());
        ranges.Find()[graph.Nodes[^1].Output.Name].ShouldBe(direct.Range.ShouldNotBeNull());
    }

    [Fact]
    public void AConcatOfAValueThatNobodyWatchesIsLookedAtItself()
    {
        var graph = Concats();
        var watched = graph.Nodes.Skip(1).Select(node => node.Output).ToDictionary(value => value, _ => X64.NewEstimator());
        var ranges = new WatchedRanges(graph, watched);

        ranges.ObserversOf(graph.Nodes[0].Output).ShouldBeEmpty();
        ranges.ObserversOf(graph.Nodes[3].Output).ShouldBe([watched[graph.Nodes[3].Output]]);
        ranges.ObserversOf(graph.Nodes[4].Output).ShouldBeEmpty(); // of this one all is known
    }

    [Fact]
    public void WhatNoSampleReachedHasNoRange()
    {
        var graph = Concats();
        var ranges = new WatchedRanges(graph, graph.Nodes.Select(node => node.Output).ToDictionary(value => value, _ => X64.NewEstimator()));

        ranges.Find().Values.ShouldAllBe(range => range == null);
    }

    /// <summary>a = Relu(x), b = Neg(x), c = Tanh(x), (a, b), ((a, b), c)</summary>
    private static Graph Concats()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 4);
        Value[] parts = [builder.Node("Relu", [x]), builder.Node("Neg", [x]), builder.Node("Tanh", [x])];
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 1L };
        var pair = builder.Node("Concat", [parts[0], parts[1]], attributes);
        return builder.WithOutput(builder.Node("Concat", [pair, parts[2]], attributes)).Graph;
    }

    private static Tensor Numbers(int seed, float scale)
    {
        var random = new Random(seed);
        return Tensor.Vector<float>([.. Enumerable.Range(0, 300).Select(_ => (float)(random.NextDouble() - 0.3) * scale)]);
    }
}
