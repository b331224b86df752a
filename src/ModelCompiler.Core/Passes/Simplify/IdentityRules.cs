using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Says for a node which of its inputs its first output is always equal to.</summary>
internal static class IdentityRules
{
    /// <summary>Constants up to this many elements are looked through for being all zero or all one.</summary>
    private const int MaxScanned = 1 << 16;

    /// <summary>The input that the node only hands on, or null.</summary>
    public static Value? EqualInput(Node node, InferredTypes types)
    {
        if (node.Domain.Length > 0 || node.Input(0) is not { } input || node.Outputs is not [{ } output, ..] || RepeatableOperators.IsModelFunction(node))
            return null;
        return node.OpType switch
        {
            "Add" => NeutralSecond(node, types, 0) ?? NeutralFirst(node, types, 0),
            "Mul" => NeutralSecond(node, types, 1) ?? NeutralFirst(node, types, 1),
            "Sub" => NeutralSecond(node, types, 0),
            "Div" or "Pow" => NeutralSecond(node, types, 1),
            _ => HandsOn(node, types, input, output) ? input : null,
        };
    }

    private static bool HandsOn(Node node, InferredTypes types, Value input, Value output) => node.OpType switch
    {
        "Identity" => true,
        "Dropout" => !RepeatableOperators.MayDrop(node),
        "Cast" or "CastLike" => types.ElementOf(input) is not ElementType.Undefined and var element && element == types.ElementOf(output),
        "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" => Dimensions.SameElementsSameShape(types.ShapeOf(input), types.ShapeOf(output)),
        "Expand" => Dimensions.SurelyEqual(types.ShapeOf(input), types.ShapeOf(output)),
        "Tile" => Longs(node, 1, types) is { } repeats && Array.TrueForAll(repeats, count => count == 1),
        "Transpose" => node.GetInts("perm") is { } order && order.Select((axis, i) => axis == i).All(kept => kept),
        "Pad" => new NodeInference(node, types).TryLongs("pads", 1, out var pads) && pads is not null && pads.All(pad => pad == 0),
        "Slice" => TakesAll(node, types) && Dimensions.SurelyEqual(types.ShapeOf(input), types.ShapeOf(output)),
        "Concat" or "Sum" or "Max" or "Min" or "Mean" => node.Inputs.Count == 1,
        "Split" => node.Outputs.Count == 1 && Dimensions.SurelyEqual(types.ShapeOf(input), types.ShapeOf(output)),
        _ => false,
    };

    private static bool TakesAll(Node node, InferredTypes types) =>
        new NodeInference(node, types).TryLongs("steps", 4, out var steps) && (steps is null || steps.All(step => step == 1));

    private static long[]? Longs(Node node, int input, InferredTypes types) => new NodeInference(node, types).Longs(input);

    private static Value? NeutralSecond(Node node, InferredTypes types, float neutral) => Neutral(node, types, neutral, 0, 1);

    private static Value? NeutralFirst(Node node, InferredTypes types, float neutral) => Neutral(node, types, neutral, 1, 0);

    /// <summary>x + 0, x · 1: equal to x where the constant does not broadcast it to another shape.</summary>
    private static Value? Neutral(Node node, InferredTypes types, float neutral, int kept, int constant)
    {
        if (node.Input(kept) is not { } value || node.Input(constant)?.Constant is not { Count: > 0 and <= MaxScanned } tensor)
            return null;
        if (!IsNumeric(tensor.Type) || types.ElementOf(value) != tensor.Type || !Array.TrueForAll(tensor.ToFloats(), element => element == neutral))
            return null;
        return Dimensions.SurelyEqual(types.ShapeOf(value), types.ShapeOf(node.Output)) || FitsAnyRank(tensor, types.ShapeOf(value)) ? value : null;
    }

    /// <summary>A constant of one element changes no shape of at least its rank.</summary>
    private static bool FitsAnyRank(Tensor tensor, Shape? shape) => tensor.Count == 1 && (tensor.Rank == 0 || tensor.Rank <= shape?.Rank);

    private static bool IsNumeric(ElementType type) => type
        is ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16 or ElementType.Float64
        or ElementType.Int8 or ElementType.Int16 or ElementType.Int32 or ElementType.UInt8 or ElementType.UInt16;
}
