using ModelCompiler.Contract;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Operators that reduce axes to one element or take them away.</summary>
internal static class Reduction
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare", Reduce),
        ("ArgMax ArgMin", ArgReduce),
    ];

    private static void Reduce(NodeInference node)
    {
        node.Set(0, node.Element(0), null);
        if (node.Shape(0) is not { } input)
            return;
        var keep = node.Node.GetInt("keepdims", 1) != 0;
        if (!node.TryLongs("axes", 1, out var given))
        {
            if (keep)
                node.SetRank(0, node.Element(0), input.Rank);
            return;
        }

        if (given is null or { Count: 0 })
            given = node.Node.GetInt("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, input.Rank).Select(axis => (long)axis)];
        if (NodeInference.TryAxes(given, input.Rank, out var axes))
            node.Set(0, node.Element(0), Reduced(input, axes, keep));
    }

    private static void ArgReduce(NodeInference node)
    {
        node.Set(0, ElementType.Int64, null);
        if (node.Shape(0) is { } input && NodeInference.Axis(node.Node.GetInt("axis", 0), input.Rank) is { } axis)
            node.Set(0, ElementType.Int64, Reduced(input, [axis], node.Node.GetInt("keepdims", 1) != 0));
    }

    private static IEnumerable<Dimension> Reduced(Graphs.Shape input, int[] axes, bool keep) => keep
        ? input.Select((size, axis) => axes.Contains(axis) ? Dimension.Of(1) : size)
        : input.Where((_, axis) => !axes.Contains(axis));
}
