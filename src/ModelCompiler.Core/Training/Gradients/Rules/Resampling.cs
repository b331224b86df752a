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
    /// Every output is a sum of inputs with weights that are a product over the axes, so that the gradient goes back axis by axis: ∂x = Wᵀ·g. Where pixels are only repeated,
    /// the copies are summed; what was cropped away are zeros in W. (ONNX Runtime gathers and adds single pixels more slowly than it multiplies by a W of zeros and ones.)
    /// </summary>
    private static void Resize(GradientNode node) => node.Give(0, () =>
    {
        var axes = ResizedAxis.Of(node);
        long[] dims = [.. node.OutputDims()];
        var gradient = SumOfCopies(node.Make, node.Gradient, dims, [.. axes.Where(axis => axis.Repeats is not null)]);
        foreach (var axis in axes.Where(axis => axis.Repeats is null))
        {
            gradient = Product(node.Make, gradient, dims, axis);
            dims[axis.Axis] = axis.From;
        }

        return gradient;
    });

    /// <summary>Axes of n·k pixels, seen as [n, k], summed over k, all at once.</summary>
    private static Value SumOfCopies(GradientWriter make, Value gradient, long[] dims, ResizedAxis[] repeated)
    {
        if (repeated.Length == 0)
            return gradient;
        var parted = dims.Select(size => new List<long> { size }).ToArray();
        foreach (var axis in repeated)
        {
            parted[axis.Axis] = [axis.From, axis.Repeats!.Value];
            dims[axis.Axis] = axis.From;
        }

        long[] copies = [.. repeated.Select((axis, before) => (long)(axis.Axis + before + 1))];
        return make.SumAway(make.Reshape(gradient, [.. parted.SelectMany(sizes => sizes)]), copies);
    }

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
