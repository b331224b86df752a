using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Prune;

/// <summary>Random small networks of everything that channels are followed through.</summary>
internal static class RandomNetwork
{
    public static Model Build(int seed)
    {
        var random = new Random(seed);
        var net = new NetworkBuilder(random.Next(3) switch { 0 => 11, 1 => 13, _ => 18 }, seed);
        var batch = random.Next(3) == 0 ? Dimension.Named("batch") : Dimension.Of(2);
        var input = net.Graph.Input("x", new TensorType(ElementType.Float32, new Shape([batch, Dimension.Of(4), Dimension.Of(6), Dimension.Of(6)])));
        var pictures = new RandomPictures(net);
        pictures.Start(input, 4);
        for (var steps = random.Next(3, 14); steps > 0; steps--)
            pictures.Grow();
        if (random.Next(6) == 0)
            Choose(net, pictures.Any.Value);
        if (random.Next(4) == 0)
            net.Graph.Output(net.Node("Neg", [pictures.Any.Value]), "z");
        net.Graph.Output(Tail(net, pictures.Last.Value, pictures.Last.Channels), "y");
        return net.Graph.Model;
    }

    private static Value Tail(NetworkBuilder net, Value x, int channels) => net.Random.Next(5) switch
    {
        0 => net.Conv(x, channels, 3, 3),
        1 => Gemm(net, net.Node("Flatten", [net.Node("GlobalAveragePool", [x])]), channels, 5),
        2 => net.Node("Add", [net.MatMul(net.Node("Relu", [Gemm(net, net.Node("Flatten", [x]), channels * 36, 7)]), 7, 3), net.Weight(1, [3L])]),
        3 => Gemm(net, net.Squeeze(net.Node("GlobalMaxPool", [x]), 2, 3), channels, 4),
        _ => Tokens(net, x, channels),
    };

    private static Value Gemm(NetworkBuilder net, Value x, int from, int to) => net.Random.Next(2) == 0
        ? net.Node("Gemm", [x, net.Weight(from, [from, to]), net.Weight(1, [to])])
        : net.Node("Gemm", [x, net.Weight(to, from), net.Weight(1, [1, to])], ("transB", 1L), ("beta", 0.5f));

    private static Value Tokens(NetworkBuilder net, Value x, int channels)
    {
        const int Width = 8;
        var tokens = new RandomTokens(net, Width);
        var sequence = net.MatMul(net.Transpose(net.Reshape(x, 0, channels, -1), 0, 2, 1), channels, Width);
        for (var blocks = net.Random.Next(1, 4); blocks > 0; blocks--)
            sequence = tokens.Block(sequence);
        return Gemm(net, net.Mean(sequence, 1, keep: false), Width, 5);
    }

    /// <summary>An If whose branches read a value of the network.</summary>
    private static void Choose(NetworkBuilder net, Value read)
    {
        var condition = net.Graph.Input("condition", ElementType.Bool);
        var chosen = net.Graph.Node("If", [condition], Of(
            ("then_branch", net.Graph.Nested("yes", branch => branch.Output(branch.Node("Relu", [read]), "a"))),
            ("else_branch", net.Graph.Nested("no", branch => branch.Output(branch.Node("Neg", [read]), "b")))));
        net.Graph.Output(chosen, "chosen");
    }
}
