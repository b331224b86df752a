namespace ModelCompiler.Passes;

/// <summary>numpy's broadcasting: axes are aligned at the last one, a size of 1 stretches, and places that meet go together.</summary>
internal static class Broadcasting
{
    /// <summary>Joins some inputs of a node axis by axis, without their last <paramref name="dropped"/> axes. Gives the axes of the result.</summary>
    public static int[]?[] Join(NodeChannels node, IReadOnlyList<int> inputs, int dropped = 0)
    {
        var operands = inputs.Select(index => (Index: index, Channels: node.Input(index)!)).ToArray();
        var rank = operands.Max(operand => operand.Channels.Rank) - dropped;
        var result = new int[]?[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            var meeting = operands
                .Select(operand => (operand.Index, operand.Channels, Axis: operand.Channels.Rank - dropped - rank + axis))
                .Where(operand => operand.Axis >= 0 && node.Size(operand.Index, operand.Axis) != 1)
                .Select(operand => operand.Channels[operand.Axis])
                .ToArray();
            result[axis] = JoinAll(node, meeting);
        }

        return result;
    }

    /// <summary>Joins an input with axes that it is stretched to.</summary>
    public static void Join(NodeChannels node, ValueChannels target, int input, ValueChannels operand)
    {
        for (var axis = 0; axis < operand.Rank; axis++)
        {
            if (node.Size(input, axis) != 1 && target.Rank - operand.Rank + axis is >= 0 and var aligned)
                JoinAll(node, [target[aligned], operand[axis]]);
        }
    }

    /// <summary>Joins axes of the same length. Gives the first that is followed.</summary>
    public static int[]? JoinAll(NodeChannels node, IReadOnlyList<int[]?> axes)
    {
        var first = axes.FirstOrDefault(ids => ids is not null);
        foreach (var ids in axes)
            node.Join(first, ids, $"{node.Node} combines them with a value whose channels are not followed");
        return first;
    }
}
