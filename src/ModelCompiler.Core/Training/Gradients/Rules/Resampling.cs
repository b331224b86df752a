using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Images made larger or smaller.</summary>
internal static class Resampling
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Resize", new GradientRule(Resize) { Refusal = ResizedAxis.RefusalOf }),
    ];

    /// <summary>
    /// Every output is a sum of inputs with weights that are a product over the axes, so that the gradient goes back axis by axis: ∂x = Wᵀ·g. The nearest pixel is a W of
    /// zeros and ones, which needs no product: pixels that show the same one are added. Rows that were cropped away are rows of zeros.
    /// </summary>
    private static void Resize(GradientNode node) => node.Give(0, () =>
    {
        var gradient = node.Gradient;
        var dims = node.OutputDims().ToArray();
        foreach (var axis in ResizedAxis.Of(node))
        {
            gradient = node.Node.GetString("mode", "nearest") == "nearest"
                ? AxisPicks.Gradient(node.Make, gradient, dims, axis.Axis, axis.Nearest(), axis.From)
                : Product(node.Make, gradient, dims, axis);
            dims[axis.Axis] = axis.From;
        }

        return gradient;
    });

    /// <summary>Wᵀ·g along an axis: the last axis from the right, any other from the left, with the axes behind it as columns.</summary>
    private static Value Product(GradientWriter make, Value gradient, long[] dims, ResizedAxis axis)
    {
        var weights = axis.Weights();
        var (rows, columns) = ((int)axis.To, (int)axis.From);
        if (axis.Axis == dims.Length - 1)
            return make.MatMul(gradient, make.Constant(Tensor.Of(weights, rows, columns)));
        var transposed = new float[weights.Length];
        for (var i = 0; i < weights.Length; i++)
            transposed[((i % columns) * rows) + (i / columns)] = weights[i];
        var left = make.Constant(Tensor.Of(transposed, columns, rows));
        if (axis.Axis == dims.Length - 2)
            return make.MatMul(left, gradient);
        var behind = dims[(axis.Axis + 1)..];
        var product = make.MatMul(left, make.Reshape(gradient, [.. dims[..(axis.Axis + 1)], behind.Aggregate(1L, (count, size) => count * size)]));
        return make.Reshape(product, [.. dims[..axis.Axis], columns, .. behind]);
    }
}
