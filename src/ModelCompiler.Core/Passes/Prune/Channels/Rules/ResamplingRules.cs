using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Pad, Resize and Upsample.</summary>
internal static class ResamplingRules
{
    public static IEnumerable<(string, ChannelRule)> Rules => [("Pad", Pad), ("Resize", Resize), ("Upsample", Upsample)];

    /// <summary>Constant places that are added before or behind the channels are channels themselves, which go by adding fewer.</summary>
    private static void Pad(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        for (var i = 1; i < node.Node.Inputs.Count; i++)
            node.Input(i);
        if (!node.Inference.TryLongs("pads", 1, out var pads) || pads is null || !node.Inference.TryLongs("", 3, out var given)
            || !NodeInference.TryAxes(given ?? [.. Enumerable.Range(0, x.Rank).Select(axis => (long)axis)], x.Rank, out _))
        {
            node.Refuse($"{node.Node} adds an unknown number of places");
            return;
        }

        int[] padded = [.. (given?.Select(axis => NodeInference.Axis(axis, x.Rank)!.Value) ?? Enumerable.Range(0, x.Rank))];
        if (pads.Count != padded.Length * 2)
            node.Refuse($"{node.Node} adds an unknown number of places");
        else
            Pad(node, x, [.. pads], padded);
    }

    private static void Pad(NodeChannels node, ValueChannels x, long[] pads, int[] padded)
    {
        var addsConstants = node.Node.GetString("mode", "constant") == "constant";
        var axes = x.Axes.ToArray();
        for (var i = 0; i < padded.Length; i++)
        {
            var (before, behind) = (pads[i], pads[padded.Length + i]);
            if (axes[padded[i]] is not { } ids || (before == 0 && behind == 0))
                continue;
            axes[padded[i]] = addsConstants && NodeChannels.CanFollow(before) && NodeChannels.CanFollow(behind) ? [.. node.Sets.Add((int)before), .. ids, .. node.Sets.Add((int)behind)] : null;
            if (axes[padded[i]] is null)
                node.Lock(ids, $"{node.Node} repeats or cuts some of them");
        }

        node.Set(0, axes);
        node.OnRemoval(axes, (edit, kept) => NumberRewrite.SetLongs(edit, node.Node, "pads", 1, Rewritten(pads, padded, axes, kept)));
    }

    private static long[] Rewritten(long[] pads, int[] padded, int[]?[] axes, KeptChannels kept)
    {
        var rewritten = pads.ToArray();
        for (var i = 0; i < padded.Length; i++)
        {
            if (axes[padded[i]] is not { } ids || pads[i] < 0 || pads[padded.Length + i] < 0)
                continue;
            rewritten[i] = kept.Count(ids.AsSpan(0, (int)pads[i]));
            rewritten[padded.Length + i] = kept.Count(ids.AsSpan(ids.Length - (int)pads[padded.Length + i]));
        }

        return rewritten;
    }

    private static void Upsample(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        node.Input(1);
        var scales = (node.Node.Attributes.GetValueOrDefault("scales") as AttributeValue.Floats)?.Values ?? node.Inference.Constant(1)?.ToFloats();
        SetScaled(node, x, AllAxes(x), scales);
    }

    /// <summary>Axes that keep their size let channels through: a scale of 1, or their own number among the sizes, which then follows.</summary>
    private static void Resize(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        for (var i = 1; i < node.Node.Inputs.Count; i++)
            node.Input(i);
        IReadOnlyList<long> named = node.Node.GetInts("axes") ?? AllAxes(x);
        if (node.Node.GetString("coordinate_transformation_mode", "half_pixel") == "tf_crop_and_resize" || !NodeInference.TryAxes(named, x.Rank, out _))
            node.Refuse($"{node.Node} may cut some of them");
        else if (node.Node.Input(3) is not null)
            SetSized(node, x, named);
        else
            SetScaled(node, x, named, node.Inference.Constant(node.Opset < 11 ? 1 : 2)?.ToFloats());
    }

    private static void SetScaled(NodeChannels node, ValueChannels x, IReadOnlyList<long> named, IReadOnlyList<float>? scales)
    {
        var axes = x.Axes.ToArray();
        for (var i = 0; i < named.Count; i++)
        {
            var axis = NodeInference.Axis(named[i], x.Rank)!.Value;
            if (scales?.Count == named.Count && scales[i] == 1)
                continue;
            node.Lock(axes[axis], $"{node.Node} resamples them");
            axes[axis] = null;
        }

        node.Set(0, axes);
    }

    private static void SetSized(NodeChannels node, ValueChannels x, IReadOnlyList<long> named)
    {
        var sizes = node.Inference.Longs(3);
        var stretches = node.Node.GetString("keep_aspect_ratio_policy", "stretch") == "stretch";
        var axes = x.Axes.ToArray();
        int[] sized = [.. named.Select(axis => NodeInference.Axis(axis, x.Rank)!.Value)];
        for (var i = 0; i < sized.Length; i++)
        {
            if (stretches && sizes?.Length == sized.Length && sizes[i] == axes[sized[i]]?.Length)
                continue;
            node.Lock(axes[sized[i]], $"{node.Node} resamples them");
            axes[sized[i]] = null;
        }

        node.Set(0, axes);
        node.OnRemoval(sized.Select(axis => axes[axis]), (edit, kept) =>
            NumberRewrite.SetLongs(edit, node.Node, "sizes", 3, [.. sizes!.Select((size, i) => axes[sized[i]] is { } ids ? kept.Count(ids) : size)]));
    }

    private static long[] AllAxes(ValueChannels x) => [.. Enumerable.Range(0, x.Rank).Select(axis => (long)axis)];
}
