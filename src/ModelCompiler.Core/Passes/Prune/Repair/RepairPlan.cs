using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A layer of the pruned network that is fitted anew.</summary>
/// <param name="Layer">The layer as it is now.</param>
/// <param name="Target">Name of the value in the original that it is to come close to.</param>
/// <param name="Added">What the network adds to its output before that value; null for nothing.</param>
internal sealed record RepairStep(SummedWeight Layer, string Target, Value? Added)
{
    public string Input => Layer.Node.Inputs[0]!.Name;
}

/// <summary>Which layers of a pruned network are fitted anew, and in which order: those of one round do not read each other.</summary>
internal static class RepairPlan
{
    /// <summary>Weights of an output channel; beyond, solving takes too long and too many samples.</summary>
    public const int MostColumns = 2304;

    /// <summary>Rounds from the front of the network to its back.</summary>
    /// <param name="graph">Of the pruned network.</param>
    /// <param name="isPruned">Whether a layer has lost inputs or outputs.</param>
    public static IReadOnlyList<IReadOnlyList<RepairStep>> Of(Graph graph, Func<Node, bool> isPruned)
    {
        var depths = new Dictionary<Value, int>();
        var changed = new HashSet<Value>();
        var steps = new List<(int Depth, SummedWeight Layer)>();
        foreach (var node in graph.Nodes)
        {
            var read = node.Inputs.Concat(node.Captures).OfType<Value>().ToArray();
            var depth = read.Select(value => depths.GetValueOrDefault(value)).DefaultIfEmpty().Max();
            var isChanged = read.Any(changed.Contains) || isPruned(node);
            if (isChanged && Repairable(node) is { } layer)
                steps.Add((depth++, layer));
            foreach (var output in node.Outputs.OfType<Value>())
            {
                depths[output] = depth;
                if (isChanged)
                    changed.Add(output);
            }
        }

        return [.. steps.GroupBy(step => step.Depth, step => StepOf(step.Layer, step.Depth, depths)).OrderBy(round => round.Key).Select(round => round.ToArray())];
    }

    private static SummedWeight? Repairable(Node node) =>
        SummedWeight.Of(new Use(node, 1)) is { } layer && layer.Weight.Type == Contract.ElementType.Float32 && InputGram.ColumnsOf(layer) <= MostColumns &&
        layer.Outputs > 0 && node.Inputs[1]!.IsUsedOnlyBy(node)
            ? layer
            : null;

    /// <summary>Where a shortcut is added behind the layer, the layer can also make up for what the shortcut has lost.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="depth">The round in which it is fitted.</param>
    /// <param name="depths">Of values, the round that makes them what they stay.</param>
    public static RepairStep StepOf(SummedWeight layer, int depth, Dictionary<Value, int> depths)
    {
        var output = layer.Node.Output;
        if (output is { IsGraphOutput: false, Uses: [{ Node: var add, Index: var index }] } && add.Is("Add") && add.Graph == output.Graph && add.Inputs[1 - index] is { Constant: null } other &&
            depths.GetValueOrDefault(other) <= depth)
            return new(layer, add.Output.Name, other);
        return new(layer, output.Name, null);
    }
}
