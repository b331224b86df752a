using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Operators that pick elements out of a tensor or write into it.</summary>
internal static class Selection
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("Slice", Slice),
        ("Crop", Crop),
        ("Gather", Gather),
        ("GatherElements", node => node.Set(0, node.Element(0), node.Shape(1))),
        ("GatherND", GatherND),
        ("Scatter ScatterElements ScatterND", Elementwise.Same),
        ("TopK", TopK),
        ("NonZero", NonZero),
        ("NonMaxSuppression", node => node.Set(0, ElementType.Int64, [Dimension.Unknown, Dimension.Of(3)])),
        ("OneHot", OneHot),
    ];

    private static void Slice(NodeInference node)
    {
        if (node.Shape(0) is not { } input)
        {
            node.Set(0, node.Element(0), null);
            return;
        }

        if (!node.TryLongs("axes", 3, out var given) || !node.TryLongs("starts", 1, out var starts)
            || !node.TryLongs("ends", 2, out var ends) || !node.TryLongs("steps", 4, out var steps) || starts is null || ends is null)
        {
            SetPartly(node, input);
            return;
        }

        if (ends.Count != starts.Count || (given ?? starts).Count != starts.Count || (steps ?? starts).Count != starts.Count)
            return;
        var output = input.ToArray();
        for (var i = 0; i < starts.Count; i++)
        {
            if (NodeInference.Axis(given?[i] ?? i, input.Rank) is not { } axis)
                return;
            output[axis] = Sliced(input[axis], starts[i], ends[i], steps?[i] ?? 1);
        }

        node.Set(0, node.Element(0), output);
    }

    /// <summary>An operator of early exporters: border is left, top, right, bottom; scale, where given, the height and width that are kept.</summary>
    private static void Crop(NodeInference node)
    {
        if (node.Shape(0) is not { Rank: 4 } input || node.Node.GetInts("border") is not [var left, var top, var right, var bottom])
            return;
        var kept = node.Node.GetInts("scale");
        var height = kept is [var rows, _] ? Dimension.Of(rows) : Dimensions.Map(input[2], size => size - top - bottom);
        var width = kept is [_, var columns] ? Dimension.Of(columns) : Dimensions.Map(input[3], size => size - left - right);
        node.Set(0, node.Element(0), [input[0], input[1], height, width]);
    }

    private static Dimension Sliced(Dimension size, long start, long end, long step)
    {
        // From the front with an end beyond every size: all of it, whatever the size.
        if (start == 0 && step == 1 && end >= int.MaxValue)
            return size;
        return Dimensions.Map(size, n => SliceRange.Of(start, end, step, n)?.Count ?? -1);
    }

    /// <summary>Bounds are computed at run time: only axes that are certainly not sliced keep their size.</summary>
    private static void SetPartly(NodeInference node, Shape input)
    {
        var sliced = node.TryLongs("axes", 3, out var axes) && axes is not null ? axes : null;
        var output = input.Select((size, axis) =>
            sliced is not null && !sliced.Contains(axis) && !sliced.Contains(axis - input.Rank) ? size : Dimension.Unknown);
        node.Set(0, node.Element(0), output);
    }

    private static void Gather(NodeInference node)
    {
        if (node.Shape(0) is { } data && node.Shape(1) is { } indices && NodeInference.Axis(node.Node.GetInt("axis", 0), data.Rank) is { } axis)
            node.Set(0, node.Element(0), data.Take(axis).Concat(indices).Concat(data.Skip(axis + 1)));
        else
            node.Set(0, node.Element(0), null);
    }

    private static void GatherND(NodeInference node)
    {
        node.Set(0, node.Element(0), null);
        var batch = (int)node.Node.GetInt("batch_dims", 0);
        if (node.Shape(0) is { } data && node.Shape(1) is { Rank: > 0 } indices && indices[indices.Rank - 1].Size is { } depth && batch >= 0 && batch + depth <= data.Rank)
            node.Set(0, node.Element(0), indices.Take(indices.Rank - 1).Concat(data.Skip(batch + (int)depth)));
    }

    private static void TopK(NodeInference node)
    {
        node.Set(0, node.Element(0), null);
        node.Set(1, ElementType.Int64, null);
        if (node.Shape(0) is not { } input || NodeInference.Axis(node.Node.GetInt("axis", -1), input.Rank) is not { } axis)
            return;
        var count = node.Opset < 10 ? Dimension.Of(node.Node.GetInt("k", 1)) : node.Contents(1) is [var k] ? k : Dimension.Unknown;
        node.Set(0, node.Element(0), input.With(axis, count));
        node.Set(1, ElementType.Int64, input.With(axis, count));
    }

    private static void NonZero(NodeInference node)
    {
        if (node.Shape(0) is { Rank: > 0 } input)
            node.Set(0, ElementType.Int64, [Dimension.Of(input.Rank), Dimension.Unknown]);
        else
            node.SetRank(0, ElementType.Int64, 2);
    }

    private static void OneHot(NodeInference node)
    {
        node.Set(0, node.Element(2), null);
        if (node.Shape(0) is not { } indices || NodeInference.Axis(node.Node.GetInt("axis", -1), indices.Rank + 1) is not { } axis)
            return;
        var depth = node.Contents(1) is [var given] ? given : Dimension.Unknown;
        node.Set(0, node.Element(2), indices.Take(axis).Append(depth).Concat(indices.Skip(axis)));
    }
}
