using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Slice and Gather: the channels that are picked go on, and the indices are counted anew.</summary>
internal static class SelectionRules
{
    public static IEnumerable<(string, ChannelRule)> Rules => [("Slice", Slice), ("Gather", Gather)];

    private static void Slice(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        for (var i = 1; i < node.Node.Inputs.Count; i++)
            node.Input(i);
        if (SliceBounds.Of(node, x.Rank) is not { } bounds)
        {
            node.Refuse($"{node.Node} cuts axes that are not known");
            return;
        }

        var axes = x.Axes.ToArray();
        foreach (var (i, axis) in bounds.Axes.Index())
        {
            axes[axis] = x[axis] is { } ids && bounds.RangeOf(i, ids.Length) is { } range ? ids[range] : null;
            if (axes[axis] is null)
                node.Lock(x[axis], $"{node.Node} has bounds that are not known, or leaves out places in between");
        }

        node.Set(0, axes);
        node.OnRemoval(bounds.Axes.Where(axis => axes[axis] is not null).Select(axis => x[axis]), (edit, kept) => bounds.Rewrite(edit, x, axes, kept));
    }

    /// <summary>Along its axis the channels that constant indices pick; a table of rows that are looked up makes new ones, as a layer does.</summary>
    private static void Gather(NodeChannels node)
    {
        if (node.Input(0) is not { } data || node.Input(1) is not { } indices || NodeInference.Axis(node.Node.GetInt("axis", 0), data.Rank) is not { } axis)
        {
            node.Refuse($"{node.Node} picks from a value of unknown shape");
            return;
        }

        var picked = data[axis] is { } ids ? Picked(node, ids, indices) : indices.Axes;
        node.Set(0, [.. data.Axes.Take(axis), .. picked, .. data.Axes.Skip(axis + 1)]);
        if (node.Inference.Constant(0) is null)
            return;
        for (var made = 0; made < data.Rank; made++)
        {
            if (made != axis)
                node.Makes(0, made, made < axis ? made : made + indices.Rank - 1);
        }
    }

    private static IReadOnlyList<int[]?> Picked(NodeChannels node, int[] ids, ValueChannels indices)
    {
        var constant = node.Inference.Constant(1);
        if (constant is null || constant.Rank > 1 || constant.ToLongs().Any(index => NodeInference.Axis(index, ids.Length) is null))
        {
            node.Lock(ids, $"{node.Node} picks from them by indices that are not known");
            return indices.Axes;
        }

        int[] places = [.. constant.ToLongs().Select(index => NodeInference.Axis(index, ids.Length)!.Value)];
        int[] picked = [.. places.Select(place => ids[place])];
        if (constant.Rank == 0)
            node.Lock(picked, $"{node.Node} picks one of them");
        node.OnRemoval([ids], (edit, kept) => SetIndices(edit, node.Node, constant, places, ids, kept));
        return constant.Rank == 0 ? [] : [picked];
    }

    private static void SetIndices(GraphEdit edit, Node gather, Tensor old, int[] places, int[] ids, KeptChannels kept)
    {
        var moved = places.Where(place => kept.Keeps(ids[place])).Select(place => (long)kept.Count(ids.AsSpan(0, place))).ToArray();
        ReadOnlySpan<long> dims = old.Rank == 0 ? [] : [moved.Length];
        var tensor = old.Type == ElementType.Int32 ? Tensor.Of(Array.ConvertAll(moved, index => (int)index), dims) : Tensor.Of(moved, dims);
        edit.SetInput(gather, 1, edit.AddInitializer(gather.Inputs[1]!.Name, tensor));
    }
}
