using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Pools over windows, and over all positions.</summary>
internal static class Pools
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("MaxPool", new GradientRule(MaxPool) { Refusal = node => node.Node.GetInt("storage_order", 0) != 0 ? "its indices are in column-major order" : null }),
        ("AveragePool", new GradientRule(AveragePools.Differentiate)),
        ("GlobalAveragePool", new GradientRule(GlobalAveragePool)),
        ("GlobalMaxPool", new GradientRule(GlobalMaxPool)),
    ];

    /// <summary>
    /// The gradient of each window goes to its largest element, the first of equal ones. MaxPool itself tells which that was, counted through the whole tensor. Its second
    /// output, integers, has no gradient.
    /// </summary>
    private static void MaxPool(GradientNode node) => node.Give(0, () =>
    {
        var (from, to) = (Product(node.OutputDims()), node.Dims(0));
        var zeros = node.Make.Expand(node.Make.Scalar(0), Product(to));
        var places = node.Make.Reshape(node.OutputOrNew(1), from);
        var scattered = node.Make.Node("ScatterElements", [zeros, places, node.Make.Reshape(node.Gradient, from)], ("axis", 0), ("reduction", "add"));
        return node.Make.Reshape(scattered, to);
    });

    /// <summary>∂ mean(x)/∂x = 1/positions.</summary>
    private static void GlobalAveragePool(GradientNode node) => node.Give(0, () =>
    {
        var spatial = node.Dims(0)[2..];
        var positions = (int)Product(spatial);
        return node.Make.Mul(node.Gradient, node.Make.Constant(Tensor.Of([.. Enumerable.Repeat(1f / positions, positions)], spatial)));
    });

    /// <summary>The gradient goes to the largest position, the first of equal ones.</summary>
    private static void GlobalMaxPool(GradientNode node) => node.Give(0, () =>
    {
        var dims = node.Dims(0);
        long[] matrix = [dims[0] * dims[1], Product(dims[2..])];
        var largest = node.Make.Node("ArgMax", [node.Make.Reshape(node.Input(0), matrix)], ("axis", 1));
        var zeros = node.Make.Expand(node.Make.Scalar(0), matrix);
        var scattered = node.Make.Node("ScatterElements", [zeros, largest, node.Make.Reshape(node.Gradient, matrix[0], 1)], ("axis", 1));
        return node.Make.Reshape(scattered, dims);
    });

    private static long Product(long[] dims) => dims.Aggregate(1L, (a, b) => a * b);
}
