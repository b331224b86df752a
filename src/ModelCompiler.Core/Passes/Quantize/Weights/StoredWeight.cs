using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A float32 weight that only multiplying operators (and table look-ups) read, so that it may be stored in a smaller form.</summary>
/// <param name="ChannelAxis">The axis of the output channels.</param>
internal sealed record StoredWeight(Value Value, Tensor Tensor, int ChannelAxis)
{
    /// <summary>The layers that sum over it.</summary>
    public IEnumerable<SummedWeight> Layers => Value.Uses.Select(SummedWeight.Of).OfType<SummedWeight>();

    /// <summary>The weights of a graph that may be stored smaller, for a pass that leaves the others to one behind it, which will say why they stay.</summary>
    public static IReadOnlyList<StoredWeight> In(Graph graph) => In(graph, new PassContext());

    /// <summary>The weights of a graph that may be stored smaller; what looks like one and may not is declined with the reason.</summary>
    public static IReadOnlyList<StoredWeight> In(Graph graph, PassContext context)
    {
        var constants = graph.Nodes.Where(node => node.Is("Constant")).Select(node => node.Output);
        var weights = new List<StoredWeight>();
        foreach (var value in graph.Initializers.Concat(constants))
        {
            if (value.Uses.FirstOrDefault(use => WeightOperands.ChannelAxis(use) is not null) is not { Node: { } reader } use)
                continue;
            if (ReasonToKeep(value) is { } reason)
                context.Decline(reader, $"{reason} ('{value.Name}')");
            else if (value.Constant is { Type: ElementType.Float32 } tensor)
                weights.Add(new(value, tensor, WeightOperands.ChannelAxis(use)!.Value));
        }

        return weights;
    }

    /// <summary>Every reader reads <paramref name="value"/> instead, and the weight goes.</summary>
    public void ReplaceBy(Value value, GraphEdit edit)
    {
        foreach (var use in Value.Uses)
            edit.SetInput(use.Node, use.Index, value);
        Remove(edit);
    }

    /// <summary>The weight goes, which nothing reads any more when the edit is done.</summary>
    public void Remove(GraphEdit edit)
    {
        if (Value.Producer is { } constant)
            edit.Remove(constant);
        else
            edit.RemoveInitializer(Value);
    }

    private static string? ReasonToKeep(Value value)
    {
        if (value.IsOverridable)
            return "callers may override its weight";
        if (value.IsGraphOutput)
            return "its weight is also an output of a graph";
        if (value.Uses.FirstOrDefault(use => WeightOperands.ChannelAxis(use) is null) is { Node: { } other })
            return $"its weight is also read by {other}";
        if (value.Constant is not { Type: ElementType.Float32 } tensor)
            return null;
        if (tensor.Count == 0)
            return "its weight is empty";
        if (tensor.Count > int.MaxValue / sizeof(float))
            return "its weight is over 2 GB";
        return FiniteWeights.Are(tensor) ? null : "its weight holds NaN or infinity";
    }
}
