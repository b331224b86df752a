using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Convolutions: X [N, C, spatial…], W [M, C/group, kernel…], Y [N, M, spatial…].</summary>
internal static class Convolution
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("Conv", node => Convolve(node, 0, 1, node.Element(0))),
        ("ConvInteger", node => Convolve(node, 0, 1, ElementType.Int32)),
        ("QLinearConv", node => Convolve(node, 0, 3, node.Element(7))),
        ("ConvTranspose", Transposed),
        ("DeformConv", node => Convolve(node, 0, 1, node.Element(0))),
    ];

    public static void Convolve(NodeInference node, int x, int w, ElementType element)
    {
        var input = node.Shape(x);
        var weight = node.Shape(w);
        var rank = input?.Rank ?? weight?.Rank;
        if (rank is null or < 3 || (weight is not null && input is not null && weight.Rank != input.Rank))
        {
            node.Set(0, element, null);
            return;
        }

        var output = Enumerable.Repeat(Dimension.Unknown, rank.Value).ToArray();
        output[0] = input?[0] ?? Dimension.Unknown;
        output[1] = weight?[0] ?? Dimension.Unknown;
        if (input is not null && Window(node.Node, weight) is { } window && window.Axes == input.Rank - 2)
        {
            for (var axis = 0; axis < window.Axes; axis++)
                output[axis + 2] = window.Slide(axis, input[axis + 2]);
        }

        node.Set(0, element, output);
    }

    /// <summary>The window of a convolution, whose kernel follows from the weight where the attribute is left out.</summary>
    public static SpatialWindow? Window(Node node, Shape? weight) =>
        SpatialWindow.Of(node, node.GetInts("kernel_shape") ?? (weight is { IsFixed: true } ? weight.Sizes![2..] : null));

    /// <summary>W is [C, M/group, kernel…].</summary>
    private static void Transposed(NodeInference node)
    {
        if (node.Shape(0) is not { Rank: >= 3 } input || node.Shape(1) is not { } weight || weight.Rank != input.Rank)
        {
            node.Set(0, node.Element(0), null);
            return;
        }

        var output = Enumerable.Repeat(Dimension.Unknown, input.Rank).ToArray();
        output[0] = input[0];
        output[1] = Dimensions.Multiply(weight[1], Dimension.Of(node.Node.GetInt("group", 1)));
        for (var axis = 0; axis < input.Rank - 2; axis++)
            output[axis + 2] = TransposedSize(node.Node, weight, axis, input[axis + 2]);
        node.Set(0, node.Element(0), output);
    }

    private static Dimension TransposedSize(Node node, Shape weight, int axis, Dimension size)
    {
        if (node.GetInts("output_shape") is { } explicitShape)
            return axis < explicitShape.Count && explicitShape.Count == weight.Rank - 2 ? Dimension.Of(explicitShape[axis]) : Dimension.Unknown;
        if (Window(node, weight) is not { } window || window.Axes != weight.Rank - 2)
            return Dimension.Unknown;
        var extra = node.GetInts("output_padding") is { } padding ? axis < padding.Count ? padding[axis] : 0 : 0;
        return window.AutoPad switch
        {
            "NOTSET" or "" => Dimensions.Map(size, n =>
                (window.Strides[axis] * (n - 1)) + extra + window.Extent(axis) - window.PadsBegin[axis] - window.PadsEnd[axis]),
            "SAME_UPPER" or "SAME_LOWER" when extra == 0 => Dimensions.Map(size, n => n * window.Strides[axis]),
            "VALID" => Dimensions.Map(size, n => (window.Strides[axis] * (n - 1)) + extra + window.Extent(axis)),
            _ => Dimension.Unknown,
        };
    }
}
