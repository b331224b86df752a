namespace ModelCompiler.Passes;

/// <summary>Layers: each makes new channels and sums over those it reads, in whose sum a channel that goes counts as 0.</summary>
internal static class LayerRules
{
    public static IEnumerable<(string, ChannelRule)> Rules => [("Conv", Conv), ("ConvTranspose", ConvTranspose), ("Gemm", Gemm), ("MatMul", MatMul)];

    /// <summary>X [N, C, spatial…], W [M, C/group, kernel…], B [M].</summary>
    private static void Conv(NodeChannels node)
    {
        if (Picture(node) is not var (x, w))
            return;
        var groups = (int)node.Node.GetInt("group", 1);
        if (w[1]!.Length == 1 && groups > 1)
            Depthwise(node, x[1], w[0]!);
        else if (groups > 1)
            Grouped(node, x[1], summed: w[1]!, made: w[0]!, groups);
        else
            node.Join(x[1], w[1], MustMatch(node));
        if (w[1]!.Length > 1 || groups == 1)
        {
            node.Makes(1, 0, 1);
            node.SumsOver(1, 1, 0, 1);
        }

        Finish(node, x, w[0]!);
        node.Works([x[0], w[0], w[1]]);
    }

    /// <summary>X [N, C, spatial…], W [C, M/group, kernel…], B [M].</summary>
    private static void ConvTranspose(NodeChannels node)
    {
        if (Picture(node) is not var (x, w))
            return;
        var groups = (int)node.Node.GetInt("group", 1);
        var made = w[1]!;
        node.Join(x[1], w[0], MustMatch(node));
        if (groups > 1 && groups == w[0]!.Length)
        {
            made = [.. w[0]!.SelectMany(id => Enumerable.Repeat(id, w[1]!.Length))];
            node.Lock(w[1], $"{node.Node} shares them between all of its groups");
            node.OnRemoval([w[0]], (edit, kept) => edit.SetAttribute(node.Node, "group", kept.Count(w[0])));
        }
        else
        {
            JoinGroups(node, w[0]!, groups);
            made = [.. Enumerable.Repeat(w[1]!, groups).SelectMany(ids => ids)];
            node.Makes(1, 1, 1);
            node.SumsOver(1, 0, 0, 1);
        }

        Finish(node, x, made);
        node.Works([x[0], w[0], w[1]]);
    }

    /// <summary>Y = α·A·B + β·C, either factor may be transposed.</summary>
    private static void Gemm(NodeChannels node)
    {
        if (node.Input(0) is not { Rank: 2 } a || node.Input(1) is not { Rank: 2 } b || node.Opset < 7)
        {
            node.Refuse($"{node.Node} multiplies values of unknown shape");
            return;
        }

        var inner = node.Node.GetInt("transA", 0) != 0 ? 0 : 1;
        var outer = node.Node.GetInt("transB", 0) != 0 ? 1 : 0;
        Product(node, a, b, inner, outer, outputAxes: 2);
        var made = new[] { a[1 - inner], b[1 - outer] };
        if (node.Input(2) is { } c)
            Broadcasting.Join(node, new ValueChannels(made), 2, c);
        node.Set(0, made);
        node.Works([.. made, a[inner]]);
    }

    /// <summary>numpy.matmul: the last two axes multiply, those before broadcast.</summary>
    private static void MatMul(NodeChannels node)
    {
        if (node.Input(0) is not { Rank: >= 2 } a || node.Input(1) is not { Rank: >= 2 } b)
        {
            node.Refuse($"{node.Node} multiplies values of unknown shape");
            return;
        }

        var rank = Math.Max(a.Rank, b.Rank);
        var batch = Broadcasting.Join(node, [0, 1], dropped: 2);
        Product(node, a, b, a.Rank - 1, b.Rank - 2, rank);
        int[]?[] made = [.. batch, a[a.Rank - 2], b[b.Rank - 1]];
        node.Set(0, made);
        node.Works([.. made, a[a.Rank - 1]]);
    }

    /// <summary>The sum over <paramref name="inner"/> of A and <paramref name="outer"/> of B. Where one of them is constant, the node is a layer.</summary>
    private static void Product(NodeChannels node, ValueChannels a, ValueChannels b, int inner, int outer, int outputAxes)
    {
        node.Join(a[inner], b[outer], MustMatch(node));
        if (node.Inference.Constant(1) is not null)
        {
            node.Makes(1, Other(b, outer), outputAxes - 1);
            node.SumsOver(1, outer, 0, inner);
        }
        else if (node.Inference.Constant(0) is not null)
        {
            node.Makes(0, Other(a, inner), outputAxes - 2);
            node.SumsOver(0, inner, 1, outer);
        }
    }

    /// <summary>The other one of the last two axes.</summary>
    private static int Other(ValueChannels factor, int axis) => axis == factor.Rank - 1 ? factor.Rank - 2 : factor.Rank - 1;

    private static (ValueChannels X, ValueChannels W)? Picture(NodeChannels node)
    {
        if (node.Inference.Constant(1) is null)
        {
            node.Refuse($"the weight of {node.Node} is not a constant");
            return null;
        }

        if (node.Input(0) is not { Rank: >= 3 } x || node.Input(1) is not { } w || w.Rank != x.Rank || !HasGroups(node, x, w))
        {
            node.Refuse($"{node.Node} has sizes that are not known or contradict each other");
            return null;
        }

        foreach (var spatial in x.Axes.Skip(2))
            node.Lock(spatial, $"{node.Node} slides over them");
        return (x, w);
    }

    /// <summary>False for weights that cannot be cut, and for numbers of channels that the groups do not divide.</summary>
    private static bool HasGroups(NodeChannels node, ValueChannels x, ValueChannels w)
    {
        var groups = node.Node.GetInt("group", 1);
        if (w[0] is not { Length: > 0 } first || w[1] is not { Length: > 0 } second || groups < 1 || first.Length % groups != 0)
            return false;
        return x[1] is not { } read || read.Length == (node.Node.Is("Conv") ? second.Length * groups : first.Length);
    }

    /// <summary>Each channel that is read makes one or more of its own.</summary>
    private static void Depthwise(NodeChannels node, int[]? read, int[] made)
    {
        if (read is null)
        {
            node.Lock(made, MustMatch(node));
            return;
        }

        for (var i = 0; i < made.Length; i++)
            node.Sets.Join(made[i], read[i / (made.Length / read.Length)]);
        node.OnRemoval([read], (edit, kept) => edit.SetAttribute(node.Node, "group", kept.Count(read)));
    }

    /// <summary>Channel i of every group goes together, so that all groups keep the same number.</summary>
    private static void Grouped(NodeChannels node, int[]? read, int[] summed, int[] made, int groups)
    {
        JoinGroups(node, made, groups);
        if (read is not null)
            JoinGroups(node, read, groups);
        node.Join(read?[..summed.Length], summed, MustMatch(node));
    }

    private static void JoinGroups(NodeChannels node, int[] ids, int groups)
    {
        var size = ids.Length / groups;
        for (var i = size; i < ids.Length; i++)
            node.Sets.Join(ids[i], ids[i % size]);
    }

    private static void Finish(NodeChannels node, ValueChannels x, int[] made)
    {
        if (node.Input(2) is { Rank: 1 } bias)
            node.Join(bias[0], made, MustMatch(node));
        node.Set(0, new ValueChannels([x[0], made, .. x.Axes.Skip(2).Select(_ => (int[]?)null)]));
    }

    private static string MustMatch(NodeChannels node) => $"{node.Node} multiplies them with a value whose channels are not followed";
}
