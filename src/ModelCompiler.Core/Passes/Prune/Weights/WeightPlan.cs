using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A weight that is pruned, and what each layer that reads it is to make.</summary>
internal sealed record WeightStep(PrunableWeight Weight, IReadOnlyList<RepairStep> Readers);

/// <summary>In which order weights are pruned: those of one round do not depend on each other.</summary>
internal static class WeightPlan
{
    /// <summary>Rounds from the front of the network to its back; a weight that several layers read comes with the last of them.</summary>
    /// <param name="graph">Of the network that is pruned.</param>
    /// <param name="weights">Some of its weights.</param>
    public static IReadOnlyList<IReadOnlyList<WeightStep>> Of(Graph graph, IReadOnlyList<PrunableWeight> weights)
    {
        var weightOf = weights.SelectMany(weight => weight.Layers.Select(layer => (layer.Node, weight))).ToDictionary();
        var depths = new Dictionary<Value, int>();
        var rounds = new Dictionary<PrunableWeight, int>();
        var readers = new List<(PrunableWeight Weight, SummedWeight Layer, int Depth)>();
        foreach (var node in graph.Nodes)
        {
            var depth = node.Inputs.Concat(node.Captures).OfType<Value>().Select(value => depths.GetValueOrDefault(value)).DefaultIfEmpty().Max();
            if (weightOf.TryGetValue(node, out var weight))
            {
                readers.Add((weight, weight.Layers.First(layer => layer.Node == node), depth));
                rounds[weight] = Math.Max(rounds.GetValueOrDefault(weight), depth++);
            }

            foreach (var output in node.Outputs.OfType<Value>())
                depths[output] = depth;
        }

        var steps = readers.ToLookup(reader => reader.Weight, reader => RepairPlan.StepOf(reader.Layer, reader.Depth, depths));
        return [.. weights.GroupBy(weight => rounds[weight]).OrderBy(round => round.Key).Select(round => round.Select(weight => new WeightStep(weight, [.. steps[weight]])).ToArray())];
    }
}
