using ModelCompiler.Contract;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Pools: X [N, C, spatial…], Y [N, C, smaller spatial…].</summary>
internal static class Pooling
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("AveragePool MaxPool LpPool", Pool),
        ("GlobalAveragePool GlobalMaxPool GlobalLpPool", GlobalPool),
        ("MaxRoiPool", MaxRoiPool),
        ("RoiAlign", RoiAlign),
    ];

    public static void Pool(NodeInference node)
    {
        if (node.Shape(0) is not { Rank: >= 3 } input)
        {
            node.Set(0, node.Element(0), null);
            return;
        }

        var output = input.ToArray();
        var window = SpatialWindow.Of(node.Node, node.Node.GetInts("kernel_shape"));
        for (var axis = 0; axis < input.Rank - 2; axis++)
            output[axis + 2] = window?.Axes == input.Rank - 2 ? window.Slide(axis, input[axis + 2]) : Dimension.Unknown;
        node.Set(0, node.Element(0), output);
        node.Set(1, ElementType.Int64, output);
    }

    public static void GlobalPool(NodeInference node)
    {
        if (node.Shape(0) is { Rank: >= 2 } input)
            node.Set(0, node.Element(0), input.Take(2).Concat(Enumerable.Repeat(Dimension.Of(1), input.Rank - 2)));
        else
            node.Set(0, node.Element(0), null);
    }

    private static void MaxRoiPool(NodeInference node)
    {
        if (node.Shape(0) is { Rank: 4 } input && node.Shape(1) is { Rank: 2 } rois && node.Node.GetInts("pooled_shape") is [var height, var width])
            node.Set(0, node.Element(0), [rois[0], input[1], Dimension.Of(height), Dimension.Of(width)]);
    }

    private static void RoiAlign(NodeInference node)
    {
        if (node.Shape(0) is { Rank: 4 } input && node.Shape(1) is { Rank: 2 } rois)
        {
            var height = Dimension.Of(node.Node.GetInt("output_height", 1));
            var width = Dimension.Of(node.Node.GetInt("output_width", 1));
            node.Set(0, node.Element(0), [rois[0], input[1], height, width]);
        }
    }
}
