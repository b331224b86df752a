using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Reshape and Flatten: axes are followed where they are kept, merged or split; numbers of channels in the target shape are rewritten.</summary>
internal static class ReshapeRules
{
    public static IEnumerable<(string, ChannelRule)> Rules => [("Reshape", Reshape), ("Flatten", Flatten)];

    private static void Flatten(NodeChannels node)
    {
        if (node.Input(0) is not { } x || node.Shape(0) is not { } before || node.OutputShape() is not { } after)
            return;
        node.Set(0, Map(node, x, before, after));
    }

    private static void Reshape(NodeChannels node)
    {
        if (node.Input(0) is not { } x || node.Shape(0) is not { } before)
            return;
        node.Input(1);
        if (node.OutputShape() is not { } after || Wanted(node) is not { } wanted || wanted.Length != after.Rank)
        {
            node.Refuse($"{node.Node} makes a shape that is not known");
            return;
        }

        var mapped = Map(node, x, before, after);
        if (!SaysSizes(wanted, x, mapped))
        {
            // Whatever is left goes where −1 stands.
            node.Set(0, mapped);
        }
        else if (wanted.Count(IsOpen) > 1)
        {
            node.Refuse($"{node.Node} makes a shape that is not known");
        }
        else
        {
            node.Set(0, mapped);
            node.OnRemoval([.. x.Axes, .. mapped], (edit, kept) =>
                NumberRewrite.SetLongs(edit, node.Node, "shape", 1, Rewritten(node, wanted, x, mapped, kept)));
        }
    }

    /// <summary>True where the target shape says the size of an axis that is followed, or copies one to another axis.</summary>
    private static bool SaysSizes(Dimension[] wanted, ValueChannels x, int[]?[] mapped) =>
        wanted.Where((size, axis) => (mapped[axis] is not null && size.Size != -1) || (size.Size == 0 && axis < x.Rank && x[axis] is not null)).Any();

    private static Dimension[]? Wanted(NodeChannels node) =>
        node.Node.GetInts("shape") is { } attribute ? [.. attribute.Select(Dimension.Of)] : node.Inference.Contents(1)?.ToArray();

    /// <summary>What is not said can be left to a −1, of which there may be one.</summary>
    private static bool IsOpen(Dimension size) => size.Size is null or -1;

    private static int[]?[] Map(NodeChannels node, ValueChannels x, Shape before, Shape after)
    {
        var mapped = new int[]?[after.Rank];
        foreach (var segment in AxisSegment.Align(before, after))
        {
            var followed = segment.Before.Where(axis => x[axis] is not null).ToArray();
            if (followed.Length == 0)
                continue;
            if (!segment.IsKnown || !SegmentMapping.CanFollow(segment, before, after))
            {
                LockAll(node, x, followed, $"{node.Node} mixes them with axes of unknown size, or too long ones");
                continue;
            }

            // Of several only one can be followed through a merge: places of the others are not whole places there.
            var from = followed.Length == 1 ? followed[0] : followed.MaxBy(axis => node.Sets.CountSets(x[axis]!.Where(id => node.Sets.LockOf(id) is null)));
            LockAll(node, x, followed.Where(axis => axis != from), $"{node.Node} merges them with other channels");
            var (to, ids) = new SegmentMapping(node, segment, before, after, from, x[from]!).Map();
            mapped[to] = ids;
        }

        return mapped;
    }

    private static void LockAll(NodeChannels node, ValueChannels x, IEnumerable<int> axes, string reason)
    {
        foreach (var axis in axes)
            node.Lock(x[axis], reason);
    }

    /// <summary>Sizes of followed axes are said anew. A 0 copies the size that the input has at its place, which is spelled out where that one changes.</summary>
    private static long[] Rewritten(NodeChannels node, Dimension[] wanted, ValueChannels x, int[]?[] mapped, KeptChannels kept)
    {
        var copies = node.Node.GetInt("allowzero", 0) == 0;
        return [.. wanted.Select((size, axis) =>
            IsOpen(size) ? -1 :
            mapped[axis] is { } ids ? kept.Count(ids) :
            size.Size == 0 && copies && axis < x.Rank && x[axis] is { } copied ? copied.Length :
            size.Size!.Value)];
    }
}
