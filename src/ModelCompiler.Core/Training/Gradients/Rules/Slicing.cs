using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators that take a part of a tensor, or set it into a larger one.</summary>
internal static class Slicing
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Slice", new GradientRule(Slice) { Refusal = node => RangesOf(node) is null ? "what it takes is computed from its input" : null }),
        ("Pad", new GradientRule(Pad) { Refusal = node => PadsOf(node) is null ? "how much it adds is computed from its input" : RefuseMode(node) }),
    ];

    /// <summary>What was taken goes back to its place; what was not has the gradient 0.</summary>
    private static void Slice(GradientNode node) => node.Give(0, () => SlicePlacement.Place(node.Make, node.Gradient, node.Dims(0), RangesOf(node)!));

    /// <summary>What a Slice takes along every axis; null where that is not constant.</summary>
    private static SliceRange[]? RangesOf(NodeShapes node)
    {
        var dims = node.Dims(0);
        var ranges = Array.ConvertAll(dims, size => new SliceRange(0, 1, size));
        if (node.Constant(1)?.ToLongs() is not { } starts || node.Constant(2)?.ToLongs() is not { } ends || !IsKnown(node, 3) || !IsKnown(node, 4))
            return null;
        var (axes, steps) = (node.Constant(3)?.ToLongs(), node.Constant(4)?.ToLongs());
        for (var i = 0; i < starts.Length; i++)
        {
            var axis = NodeShapes.Axis(axes?[i] ?? i, dims.Length);
            if (SliceRange.Of(starts[i], ends[i], steps?[i] ?? 1, dims[axis]) is not { } range)
                return null;
            ranges[axis] = range;
        }

        return ranges;
    }

    private static bool IsKnown(NodeShapes node, int input) => !node.Has(input) || node.Constant(input) is not null;

    /// <summary>
    /// What was added is cut off, what was cut off comes back as zeros: a Slice, or negative pads. Where copies of elements were added instead of a constant, their
    /// gradients go to the elements they are copies of. The constant's gradient is the sum over what was added.
    /// </summary>
    private static void Pad(GradientNode node)
    {
        var (begins, ends) = PadsOf(node)!.Value;
        if (node.Node.GetString("mode", "constant") is not "constant" and var mode)
        {
            node.Give(0, () => PaddedCopies.Gradient(node, mode, begins, ends));
            return;
        }

        node.Give(0, Inner);
        node.Give(2, () => node.Make.Reshape(node.Make.Sub(Sum(node.Gradient), Sum(Inner())), node.Dims(2)));

        Value Inner() => Array.TrueForAll([.. begins, .. ends], size => size >= 0)
            ? node.Make.Slice(node.Gradient, [.. Enumerable.Range(0, begins.Length).Select(axis => (long)axis)], begins, [.. begins.Zip(node.Dims(0), (begin, size) => begin + size)])
            : node.Make.Pad(node.Gradient, Array.ConvertAll(begins, size => -size), Array.ConvertAll(ends, size => -size));

        Value Sum(Value value) => node.Make.SumAway(value, [.. Enumerable.Range(0, begins.Length).Select(axis => (long)axis)]);
    }

    /// <summary>How much a Pad adds in front of and behind every axis; null where that is not constant.</summary>
    private static (long[] Begins, long[] Ends)? PadsOf(NodeShapes node)
    {
        if (node.Longs("pads", 1) is not { } pads || !IsKnown(node, 3))
            return null;
        var rank = node.Rank(0);
        var axes = node.Constant(3)?.ToLongs() ?? [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        var (begins, ends) = (new long[rank], new long[rank]);
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = NodeShapes.Axis(axes[i], rank);
            (begins[axis], ends[axis]) = (pads[i], pads[axes.Length + i]);
        }

        return (begins, ends);
    }

    private static string? RefuseMode(NodeShapes node) =>
        node.Node.GetString("mode", "constant") is var mode && mode is "constant" or "edge" or "reflect" or "wrap" ? null : $"there is no gradient rule for its mode {mode}";
}
