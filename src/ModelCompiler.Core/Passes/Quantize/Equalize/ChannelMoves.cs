using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Operators that treat each channel by itself and hand on a positive factor of it unchanged: f(s·x) = s·f(x) for s &gt; 0.</summary>
internal static class ChannelMoves
{
    /// <summary>Where the channels of a node's first input lie in its first output; null for an operator that hands on no such factor, or where that is not sure.</summary>
    public static ScaledChannels? Through(Node node, ScaledChannels channels, InferredTypes types)
    {
        if (node.Domain.Length > 0 || node.Outputs.Skip(1).Any(output => output is { IsUsed: true }))
            return null;
        return node.OpType switch
        {
            "Relu" or "LeakyRelu" or "Identity" or "Dropout" => channels,
            "PRelu" => node.Input(1)?.Constant is { } slope && slope.Rank <= channels.Rank ? channels : null,
            "GlobalAveragePool" or "GlobalMaxPool" or "AveragePool" or "MaxPool" => channels.Axis == 1 ? channels : null,
            "Mul" or "Div" => node.Input(1)?.Constant is { Type: ElementType.Float32, Count: 1, Rank: 0 or 1 } ? channels : null,
            "Flatten" or "Reshape" => Reshaped(node, channels, types),
            "Transpose" => Transposed(node, channels),
            _ => null,
        };
    }

    /// <summary>[…, C, k…] → […, C·k, …]: each channel becomes k neighbours; the axes in front must be the same.</summary>
    private static ScaledChannels? Reshaped(Node node, ScaledChannels channels, InferredTypes types)
    {
        if (types.ShapeOf(node.Inputs[0]!) is not { } from || types.ShapeOf(node.Output) is not { } to || to.Rank <= channels.Axis)
            return null;
        for (var axis = 0; axis < channels.Axis; axis++)
        {
            if (!from[axis].Equals(to[axis]) || from[axis] is { Size: null, Name: null })
                return null;
        }

        if (to[channels.Axis].Size is not { } size || size % channels.Variables.Length != 0)
            return null;
        var repeats = (int)(size / channels.Variables.Length);
        if (Elements(from, channels.Axis + 1) is not { } before || before != repeats * Elements(to, channels.Axis + 1))
            return null;
        return new(to.Rank, channels.Axis, [.. channels.Variables.SelectMany(variable => Enumerable.Repeat(variable, repeats))]);
    }

    private static long? Elements(Shape shape, int firstAxis) => shape.Skip(firstAxis).Aggregate((long?)1, (product, dimension) => product * dimension.Size);

    private static ScaledChannels? Transposed(Node node, ScaledChannels channels)
    {
        var order = node.GetInts("perm") ?? [.. Enumerable.Range(1, channels.Rank).Select(axis => (long)(channels.Rank - axis))];
        return order.Count == channels.Rank ? channels with { Axis = order.ToList().IndexOf(channels.Axis) } : null;
    }
}
