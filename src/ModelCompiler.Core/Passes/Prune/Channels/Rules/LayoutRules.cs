using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Operators that reorder axes, add or drop axes of size 1, or move blocks of channels into the picture and back.</summary>
internal static class LayoutRules
{
    public static IEnumerable<(string, ChannelRule)> Rules =>
    [
        ("Transpose", Transpose),
        ("Squeeze", Squeeze),
        ("Unsqueeze", Unsqueeze),
        ("DepthToSpace", DepthToSpace),
        ("SpaceToDepth", SpaceToDepth),
        ("Shape", Shape),
    ];

    private static void Transpose(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        var order = node.Node.GetInts("perm") ?? [.. Enumerable.Range(0, x.Rank).Reverse().Select(axis => (long)axis)];
        if (order.Count == x.Rank && NodeInference.TryAxes(order, x.Rank, out _))
            node.Set(0, order.Select(axis => x[NodeInference.Axis(axis, x.Rank)!.Value]));
        else
            node.Refuse($"{node.Node} has axes that do not exist");
    }

    private static void Squeeze(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        node.Input(1);
        // Without axes it drops all of size 1, which channels could become.
        if (node.Inference.TryLongs("axes", 1, out var given) && given is not null && NodeInference.TryAxes(given, x.Rank, out var axes))
            node.Set(0, x.Axes.Where((_, axis) => !axes.Contains(axis)));
        else
            node.Refuse($"{node.Node} does not say which axes it drops");
    }

    private static void Unsqueeze(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        node.Input(1);
        if (!node.Inference.TryLongs("axes", 1, out var given) || given is null || !NodeInference.TryAxes(given, x.Rank + given.Count, out var axes))
        {
            node.Refuse($"{node.Node} has axes that are not known");
            return;
        }

        var result = x.Axes.ToList();
        foreach (var axis in axes)
            result.Insert(axis, null);
        node.Set(0, result);
    }

    /// <summary>X [N, b·b·C, H, W] → [N, C, b·H, b·W]: the b·b channels that make one go together.</summary>
    private static void DepthToSpace(NodeChannels node)
    {
        if (node.Input(0) is not { Rank: 4 } x || Blocks(node) is not { } blocks || (x[1] is { } all && all.Length % blocks != 0))
        {
            node.Refuse($"{node.Node} reads a value of unknown shape");
            return;
        }

        int[]? made = null;
        if (x[1] is { } ids)
        {
            var columnsFirst = node.Node.GetString("mode", "DCR") == "CRD";
            var count = ids.Length / blocks;
            made = new int[count];
            for (var i = 0; i < count; i++)
            {
                made[i] = ids[columnsFirst ? i * blocks : i];
                for (var block = 1; block < blocks; block++)
                    node.Sets.Join(made[i], ids[columnsFirst ? (i * blocks) + block : (block * count) + i]);
            }
        }

        SetPicture(node, x, made);
    }

    /// <summary>X [N, C, b·H, b·W] → [N, b·b·C, H, W].</summary>
    private static void SpaceToDepth(NodeChannels node)
    {
        if (node.Input(0) is { Rank: 4 } x && Blocks(node) is { } blocks && NodeChannels.CanFollow((long)blocks * (x[1]?.Length ?? 0)))
            SetPicture(node, x, x[1] is { } ids ? [.. Enumerable.Repeat(ids, blocks).SelectMany(block => block)] : null);
        else
            node.Refuse($"{node.Node} reads a value of unknown shape");
    }

    /// <summary>The pixels of a block; null where there are none, or more than any picture has.</summary>
    private static int? Blocks(NodeChannels node) => node.Node.GetInt("blocksize", 0) is > 0 and < 1024 and var side ? (int)(side * side) : null;

    private static void SetPicture(NodeChannels node, ValueChannels x, int[]? channels)
    {
        foreach (var spatial in x.Axes.Skip(2))
            node.Lock(spatial, $"{node.Node} moves them");
        node.Set(0, [x[0], channels, null, null]);
    }

    /// <summary>Sizes may be computed with, except for those that nobody picks.</summary>
    private static void Shape(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        var start = (int)Math.Clamp(FromFront(node.Node.GetInt("start", 0), x.Rank), 0, x.Rank);
        var end = (int)Math.Clamp(FromFront(node.Node.GetInt("end", x.Rank), x.Rank), 0, x.Rank);
        var read = PickedSizes.Of(node.Node.Output, Math.Max(0, end - start));
        for (var axis = start; axis < end; axis++)
        {
            if (read.Contains(axis - start))
                node.Lock(x[axis], $"their number is computed with: {node.Node}");
        }

        node.Set(0, ValueChannels.None(1));
    }

    private static long FromFront(long axis, int rank) => axis < 0 ? axis + rank : axis;
}
