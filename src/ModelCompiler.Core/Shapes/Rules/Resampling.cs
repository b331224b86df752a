using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Pad, Resize, Upsample and sampling by a grid.</summary>
internal static class Resampling
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("Pad", Pad),
        ("Resize", Resize),
        ("Upsample", Upsample),
        ("GridSample", GridSample),
    ];

    private static void Pad(NodeInference node)
    {
        node.Set(0, node.Element(0), null);
        if (node.Shape(0) is not { } input)
            return;
        if (!node.TryLongs(node.Opset < 2 ? "paddings" : "pads", 1, out var pads) || pads is null || !node.TryLongs("", 3, out var given))
        {
            node.SetRank(0, node.Element(0), input.Rank);
            return;
        }

        var axes = given ?? [.. Enumerable.Range(0, input.Rank).Select(axis => (long)axis)];
        if (pads.Count != axes.Count * 2)
            return;
        var output = input.ToArray();
        for (var i = 0; i < axes.Count; i++)
        {
            if (NodeInference.Axis(axes[i], input.Rank) is not { } axis)
                return;
            output[axis] = Padded(input[axis], pads[i] + pads[axes.Count + i]);
        }

        node.Set(0, node.Element(0), output);
    }

    private static Dimension Padded(Dimension size, long by) => by == 0 ? size : Dimensions.Map(size, n => n + by);

    /// <summary>Opset 10 takes scales only; from 11 on scales or sizes, from 18 on for some axes.</summary>
    private static void Resize(NodeInference node)
    {
        node.Set(0, node.Element(0), null);
        if (node.Shape(0) is not { } input)
            return;
        var axes = node.Node.GetInts("axes") ?? [.. Enumerable.Range(0, input.Rank).Select(axis => (long)axis)];
        var scaled = node.Node.GetString("coordinate_transformation_mode", "half_pixel") == "tf_crop_and_resize" ? null
            : node.Opset < 10 ? null
            : node.Opset == 10 ? Scale(input, axes, node.Constant(1))
            : node.Has(3) ? Sized(node, input, axes)
            : Scale(input, axes, node.Constant(2));
        if (scaled is not null)
            node.Set(0, node.Element(0), scaled);
        else
            node.SetRank(0, node.Element(0), input.Rank);
    }

    private static void Upsample(NodeInference node)
    {
        node.Set(0, node.Element(0), null);
        if (node.Shape(0) is not { } input)
            return;
        var axes = Enumerable.Range(0, input.Rank).Select(axis => (long)axis).ToArray();
        var scales = (node.Node.Attributes.GetValueOrDefault("scales") as AttributeValue.Floats)?.Values ?? Floats(node.Constant(1));
        if (scales is not null && Scale(input, axes, scales) is { } scaled)
            node.Set(0, node.Element(0), scaled);
        else
            node.SetRank(0, node.Element(0), input.Rank);
    }

    private static Dimension[]? Scale(Shape input, IReadOnlyList<long> axes, Tensor? scales) =>
        Floats(scales) is { } floats ? Scale(input, axes, floats) : null;

    private static Dimension[]? Scale(Shape input, IReadOnlyList<long> axes, IReadOnlyList<float> scales)
    {
        if (scales.Count != axes.Count)
            return null;
        var output = input.ToArray();
        for (var i = 0; i < axes.Count; i++)
        {
            if (NodeInference.Axis(axes[i], input.Rank) is not { } axis)
                return null;
            var scale = scales[i];
            output[axis] = scale == 1 ? input[axis] : Dimensions.Map(input[axis], n => (long)(scale * n));
        }

        return output;
    }

    private static Dimension[]? Sized(NodeInference node, Shape input, IReadOnlyList<long> axes)
    {
        if (node.Contents(3) is not { } sizes || sizes.Count != axes.Count || node.Node.GetString("keep_aspect_ratio_policy", "stretch") != "stretch")
            return null;
        var output = input.ToArray();
        for (var i = 0; i < axes.Count; i++)
        {
            if (NodeInference.Axis(axes[i], input.Rank) is not { } axis)
                return null;
            output[axis] = sizes[i];
        }

        return output;
    }

    private static float[]? Floats(Tensor? tensor) => tensor is { Type: ElementType.Float32, Rank: 1 } ? tensor.ToFloats() : null;

    private static void GridSample(NodeInference node)
    {
        if (node.Shape(0) is { Rank: >= 3 } input && node.Shape(1) is { } grid && grid.Rank == input.Rank)
            node.Set(0, node.Element(0), input.Take(2).Concat(grid.Skip(1).Take(grid.Rank - 2)));
    }
}
