using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Operators that put tensors together, take them apart or repeat them.</summary>
internal static class Joining
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("Concat", Concat),
        ("Split", Split),
        ("Tile", Tile),
        ("Expand", Expand),
    ];

    private static void Concat(NodeInference node)
    {
        var shapes = Enumerable.Range(0, node.Node.Inputs.Count).Select(node.Shape).ToArray();
        node.Set(0, node.Element(0), Joined(shapes, node.Node.GetInt("axis", 1)));
    }

    /// <summary>The shape of tensors put one behind the other along an axis.</summary>
    public static Shape? Joined(Shape?[] shapes, long along)
    {
        if (shapes is not [{ } first, ..] || Array.Exists(shapes, shape => shape?.Rank != first.Rank))
            return null;
        if (NodeInference.Axis(along, first.Rank) is not { } joined)
            return null;
        var output = new Dimension[first.Rank];
        for (var axis = 0; axis < first.Rank; axis++)
        {
            var sizes = shapes.Select(shape => shape![axis]);
            output[axis] = axis == joined
                ? sizes.Aggregate(Dimension.Of(0), Dimensions.Add)
                : sizes.Aggregate((a, b) => a.IsFixed ? a : b.IsFixed ? b : Dimensions.SurelyEqual(a, b) ? a : Dimension.Unknown);
        }

        return new Shape(output);
    }

    private static void Split(NodeInference node)
    {
        var parts = node.Node.Outputs.Count;
        for (var i = 0; i < parts; i++)
            node.Set(i, node.Element(0), null);
        if (node.Shape(0) is not { } input || NodeInference.Axis(node.Node.GetInt("axis", 0), input.Rank) is not { } axis)
            return;
        var known = node.TryLongs("split", 1, out var given);
        for (var i = 0; i < parts; i++)
        {
            var size = !known ? Dimension.Unknown : given is null ? EqualPart(input[axis], parts, i) : i < given.Count ? Dimension.Of(given[i]) : Dimension.Unknown;
            node.Set(i, node.Element(0), input.With(axis, size));
        }
    }

    /// <summary>From opset 18 on the last part may be smaller; before, the size had to divide.</summary>
    private static Dimension EqualPart(Dimension size, int parts, int index) => Dimensions.Map(size, n =>
    {
        var chunk = (n + parts - 1) / parts;
        return Math.Min(chunk, n - (chunk * index));
    });

    private static void Tile(NodeInference node)
    {
        node.Set(0, node.Element(0), null);
        if (node.Opset < 6 || node.Shape(0) is not { } input)
            return;
        var repeats = node.Contents(1);
        if (repeats is null)
            node.SetRank(0, node.Element(0), input.Rank);
        else if (repeats.Count == input.Rank)
            node.Set(0, node.Element(0), input.Zip(repeats, Dimensions.Multiply));
    }

    private static void Expand(NodeInference node)
    {
        var target = node.Contents(1) is { } contents ? new Graphs.Shape(contents) : null;
        node.Set(0, node.Element(0), Dimensions.Broadcast(node.Shape(0), target));
    }
}
