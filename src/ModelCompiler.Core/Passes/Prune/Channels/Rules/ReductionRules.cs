using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Operators that compute along some axes, whose places must then all stay, and let the others through.</summary>
internal static class ReductionRules
{
    /// <summary>From here on a Softmax works along one axis; before, it flattened all from its axis on.</summary>
    private const long SoftmaxOfOneAxis = 13;

    public static IEnumerable<(string, ChannelRule)> Rules =>
    [
        ("ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare", Reduce),
        ("ArgMax ArgMin", node => Reduce(node, [node.Node.GetInt("axis", 0)])),
        ("Softmax LogSoftmax Hardmax", Softmax),
        ("LpNormalization", node => Through(node, [node.Node.GetInt("axis", -1)])),
        ("TopK", TopK),
        ("CumSum", CumSum),
        ("Trilu", node => Through(node, [-2, -1])),
    ];

    /// <summary>Lets all axes through but some, which are locked and not followed any more.</summary>
    public static void Through(NodeChannels node, IReadOnlyList<long> locked)
    {
        if (node.Input(0) is not { } x)
            return;
        if (LockAxes(node, x, locked) is not { } axes)
            return;
        for (var i = 0; i < node.Node.Outputs.Count; i++)
            node.Set(i, x.Without(axes));
    }

    /// <summary>The axes counted from the front, once they are locked; null where they do not exist.</summary>
    private static int[]? LockAxes(NodeChannels node, ValueChannels x, IReadOnlyList<long> locked)
    {
        if (!NodeInference.TryAxes(locked, x.Rank, out var axes))
        {
            node.Refuse($"{node.Node} has axes that do not exist");
            return null;
        }

        foreach (var axis in axes)
            node.Lock(x[axis], $"{node.Node} computes along them");
        return axes;
    }

    private static void Reduce(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        node.Input(1);
        if (!node.Inference.TryLongs("axes", 1, out var given))
            node.Refuse($"{node.Node} reduces axes that are not known");
        else if (given is { Count: > 0 } || node.Node.GetInt("noop_with_empty_axes", 0) != 0)
            Reduce(node, given ?? []);
        else
            Reduce(node, [.. Enumerable.Range(0, x.Rank).Select(axis => (long)axis)]);
    }

    private static void Reduce(NodeChannels node, IReadOnlyList<long> reduced)
    {
        if (node.Input(0) is not { } x || LockAxes(node, x, reduced) is not { } axes)
            return;
        var keeps = node.Node.GetInt("keepdims", 1) != 0;
        node.Set(0, x.Without(axes).Axes.Where((_, axis) => keeps || !axes.Contains(axis)));
    }

    private static void Softmax(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        if (node.Opset >= SoftmaxOfOneAxis)
            Through(node, [node.Node.GetInt("axis", -1)]);
        else if (NodeInference.Axis(node.Node.GetInt("axis", 1), x.Rank) is { } first)
            Through(node, [.. Enumerable.Range(first, x.Rank - first).Select(axis => (long)axis)]);
        else
            node.Refuse($"{node.Node} has an axis that does not exist");
    }

    private static void TopK(NodeChannels node)
    {
        Through(node, [node.Node.GetInt("axis", -1)]);
        node.Input(1);
    }

    private static void CumSum(NodeChannels node)
    {
        if (node.Inference.Longs(1) is [var axis])
            Through(node, [axis]);
        else
            node.Refuse($"{node.Node} computes along an axis that is not known");
        node.Input(1);
    }
}
