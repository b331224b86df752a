using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Training.Quantized;

namespace ModelCompiler.Training.Networks;

/// <summary>Which constants of a graph are weights that training may change: those of layers and normalizations, not tables, anchors or means that happen to be floats.</summary>
internal static class TrainableWeights
{
    private static readonly Dictionary<string, int[]> Inputs = new(StringComparer.Ordinal)
    {
        ["Conv"] = [1, 2],
        ["ConvTranspose"] = [1, 2],
        ["Gemm"] = [0, 1, 2],
        ["MatMul"] = [0, 1],
        ["PRelu"] = [1],
        ["BatchNormalization"] = [1, 2],
        ["InstanceNormalization"] = [1, 2],
        ["LayerNormalization"] = [1, 2],
        ["GroupNormalization"] = [1, 2],
    };

    /// <summary>The float32 weights, each once, in the graph's order. A weight that several layers share is one; of one that is rounded in the graph it is the master.</summary>
    public static IReadOnlyList<Value> In(Graph graph) =>
        [.. Operands(graph).Select(RoundedMaster.Behind).Where(value => value is { Initializer.Type: ElementType.Float32, IsOverridable: false, IsGraphOutput: false } && value.Graph == graph).Distinct()];

    /// <summary>What layers read as their weights, constant or not.</summary>
    public static IEnumerable<Value> Operands(Graph graph) => graph.Nodes.SelectMany(Of);

    private static IEnumerable<Value> Of(Node node)
    {
        if (node.Domain.Length > 0)
            return [];
        if (node.Is("Add"))
            return node.Inputs.OfType<Value>().Where(value => RoundedMaster.Behind(value).Initializer is { Rank: 1 } && node.Inputs.Any(other => other?.Producer?.Is("MatMul") == true));
        return Inputs.GetValueOrDefault(node.OpType, []).Select(node.Input).OfType<Value>();
    }
}
