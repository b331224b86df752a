using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Operators that put channels one behind the other, take them apart or repeat them.</summary>
internal static class JoiningRules
{
    /// <summary>From here on the sizes of a Split are an input.</summary>
    private const long SplitSizesAreInput = 13;

    public static IEnumerable<(string, ChannelRule)> Rules => [("Concat", Concat), ("Split", Split), ("Tile", Tile), ("Expand", Expand)];

    private static void Concat(NodeChannels node)
    {
        var parts = Enumerable.Range(0, node.Node.Inputs.Count).Select(node.Input).ToArray();
        if (parts is not [{ } first, ..] || parts.Any(part => part?.Rank != first.Rank) || NodeInference.Axis(node.Node.GetInt("axis", 1), first.Rank) is not { } along)
        {
            node.Refuse($"{node.Node} joins values of unknown shape");
            return;
        }

        var axes = new int[]?[first.Rank];
        for (var axis = 0; axis < axes.Length; axis++)
            axes[axis] = axis == along ? Chain(node, parts!, along) : Broadcasting.JoinAll(node, [.. parts.Select(part => part![axis])]);
        node.Set(0, axes);
    }

    /// <summary>The channels of all parts in a row; those of parts that are not followed stay. Null where a number of places is not known.</summary>
    private static int[]? Chain(NodeChannels node, ValueChannels[] parts, int along)
    {
        var sizes = parts.Select((_, i) => node.Size(i, along)).ToArray();
        if (parts.All(part => part[along] is null))
            return null;
        if (sizes.All(size => size is { } places && NodeChannels.CanFollow(places)))
            return [.. parts.SelectMany((part, i) => part[along] ?? node.Locked(sizes[i]!.Value, $"'{node.Node.Inputs[i]!.Name}' is not followed"))];
        foreach (var part in parts)
            node.Lock(part[along], $"{node.Node} puts them beside a value of unknown size");
        return null;
    }

    private static void Split(NodeChannels node)
    {
        if (node.Input(0) is not { } x || NodeInference.Axis(node.Node.GetInt("axis", 0), x.Rank) is not { } along)
        {
            node.Refuse($"{node.Node} takes a value of unknown shape apart");
            return;
        }

        node.Input(1);
        var parts = x[along] is { } ids ? Parts(node, ids) : null;
        if (parts is null)
            node.Lock(x[along], $"{node.Node} has sizes that are not known");
        for (var i = 0; i < node.Node.Outputs.Count; i++)
            node.Set(i, x.With(along, parts?[i]));
        if (parts is not null)
            node.OnRemoval(parts, (edit, kept) => SetSizes(edit, node, [.. parts.Select(part => (long)kept.Count(part))]));
    }

    private static int[][]? Parts(NodeChannels node, int[] ids)
    {
        var count = node.Node.Outputs.Count;
        if (!node.Inference.TryLongs("split", 1, out var given))
            return null;
        var chunk = (ids.Length + count - 1) / count;
        given ??= [.. Enumerable.Range(0, count).Select(i => (long)Math.Min(chunk, ids.Length - (chunk * i)))];
        if (given.Count != count || given.Any(size => size < 0 || size > ids.Length) || given.Sum() != ids.Length)
            return null;
        var parts = new int[count][];
        var start = 0;
        for (var i = 0; i < count; start += (int)given[i++])
            parts[i] = ids[start..(start + (int)given[i])];
        return parts;
    }

    private static void SetSizes(GraphEdit edit, NodeChannels node, long[] sizes)
    {
        edit.RemoveAttribute(node.Node, "num_outputs");
        if (node.Opset < SplitSizesAreInput)
            edit.SetAttribute(node.Node, "split", sizes);
        else
            NumberRewrite.SetLongs(edit, node.Node, "split", 1, sizes);
    }

    private static void Tile(NodeChannels node)
    {
        if (node.Input(0) is not { } x || node.Opset < 6)
            return;
        node.Input(1);
        if (node.Inference.Contents(1) is not { } repeats || repeats.Count != x.Rank || x.Axes.Zip(repeats).Any(axis => axis.First is { } ids && !CanRepeat(ids, axis.Second.Size)))
            node.Refuse($"{node.Node} repeats them an unknown number of times");
        else
            node.Set(0, x.Axes.Zip(repeats, (ids, times) => ids is null ? null : Enumerable.Repeat(ids, (int)times.Size!.Value).SelectMany(block => block).ToArray()));
    }

    private static bool CanRepeat(int[] ids, long? times) => times is { } count && NodeChannels.CanFollow(count) && NodeChannels.CanFollow(count * ids.Length);

    /// <summary>Axes of size 1 are stretched; others keep their channels, and their number in the target shape follows.</summary>
    private static void Expand(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        node.Input(1);
        var rank = node.OutputShape()?.Rank ?? 0;
        if (rank < x.Rank || node.Inference.Contents(1) is not { } target)
        {
            node.Refuse($"{node.Node} stretches them to a shape that is not known");
            return;
        }

        var axes = new int[]?[rank];
        for (var axis = 0; axis < x.Rank; axis++)
            axes[rank - x.Rank + axis] = x[axis] is { Length: > 1 } ids ? ids : null;
        if (!Array.TrueForAll(axes, ids => ids is null) && target.Any(size => !size.IsFixed))
        {
            node.Refuse($"{node.Node} stretches them to a shape that is not known");
            return;
        }

        node.Set(0, axes);
        var offset = rank - target.Count;
        node.OnRemoval(axes, (edit, kept) => NumberRewrite.SetLongs(edit, node.Node, "shape", 1, [.. target.Select((size, i) =>
            size.Size != 1 && axes[offset + i] is { } ids ? kept.Count(ids) : size.Size!.Value)]));
    }
}
