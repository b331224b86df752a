using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Cost;

/// <summary>Peak memory of activations by the lifetime of each value, as <see cref="ModelCost.PeakActivationBytes"/> defines it.</summary>
internal static class ActivationMemory
{
    /// <summary>The peak over a graph's own values; null where the bytes of one that is read are not known.</summary>
    public static long? Peak(Graph graph, InferredTypes types)
    {
        var nodes = graph.Nodes;
        var lastReader = LastReaders(graph, nodes);
        long alive = 0;
        foreach (var input in graph.RequiredInputs)
        {
            if (types.BytesOf(input) is not { } bytes)
                return null;
            alive += bytes;
        }

        var peak = alive;
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var output in nodes[i].Outputs.OfType<Value>().Where(value => value.IsUsed && value.Constant is null))
            {
                if (types.BytesOf(output) is not { } bytes)
                    return null;
                alive += bytes;
            }

            peak = Math.Max(peak, alive);
            foreach (var dying in lastReader.GetValueOrDefault(i, []))
                alive -= types.BytesOf(dying) ?? 0;
        }

        return peak;
    }

    /// <summary>For the position of each node, the values that nobody reads after it; readers in nested graphs count as the node around them.</summary>
    private static Dictionary<int, List<Value>> LastReaders(Graph graph, IReadOnlyList<Node> nodes)
    {
        var last = new Dictionary<Value, int>();
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var value in nodes[i].Inputs.OfType<Value>().Concat(nodes[i].Captures))
            {
                if (value.Graph == graph && value.Initializer is null && value.Constant is null && !value.IsGraphOutput)
                    last[value] = i;
            }
        }

        return last.GroupBy(entry => entry.Value).ToDictionary(group => group.Key, group => group.Select(entry => entry.Key).ToList());
    }
}
