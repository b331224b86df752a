using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>
/// Softmax, LogSoftmax and Hardmax: until version 13 they worked over all axes from <c>axis</c> (1 by default) on as if those were one;
/// since then over the one axis <c>axis</c> (−1 by default).
/// </summary>
internal static class LiftSoftmax
{
    /// <summary>Softmax(axis = k)  =>  Softmax(axis = the only long axis from k on), or else Flatten(k) → Softmax(1) → Reshape back.</summary>
    public static void ToOneAxis(Node node, GraphEdit edit, InferredTypes types)
    {
        var axis = node.GetInt("axis", 1);
        if (node.Input(0) is { } data && OnlyLongAxis(types.ShapeOf(data), axis) is { } only)
            edit.SetAttribute(node, "axis", only);
        else
            OverFlattened(node, axis, edit);
    }

    private static long? OnlyLongAxis(Shape? shape, long axis)
    {
        if (shape is null)
            return null;
        var first = (int)(axis < 0 ? axis + shape.Rank : axis);
        var longAxes = Enumerable.Range(first, Math.Max(0, shape.Rank - first)).Where(i => shape[i].Size != 1).ToArray();
        return longAxes switch
        {
            [] when first < shape.Rank => first,
            [var one] => one,
            _ => null,
        };
    }

    private static void OverFlattened(Node node, long axis, GraphEdit edit)
    {
        var data = node.Input(0);
        var flat = edit.AddNode("Flatten", [data], Attributes("axis", axis));
        var result = edit.AddNode(node.OpType, [flat.Output], Attributes("axis", 1));
        var shape = edit.AddNode("Shape", [data]);
        edit.Remove(node);
        edit.AddNode("Reshape", [result.Output, shape.Output], node.Outputs);
    }

    private static Dictionary<string, AttributeValue> Attributes(string name, long value) => new(StringComparer.Ordinal) { [name] = value };
}
