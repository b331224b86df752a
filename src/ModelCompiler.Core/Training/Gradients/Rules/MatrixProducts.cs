using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Products of matrices.</summary>
internal static class MatrixProducts
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Gemm", (GradientRule)Gemm),
        ("MatMul", (GradientRule)MatMul),
    ];

    /// <summary>y = α·A'·B' + β·C, where A' is A or its transpose: ∂A' = α·g·B'ᵀ, ∂B' = α·A'ᵀ·g, ∂C = β·g summed to its shape.</summary>
    private static void Gemm(GradientNode node)
    {
        var (transA, transB) = (node.Node.GetInt("transA", 0) != 0, node.Node.GetInt("transB", 0) != 0);
        var alpha = node.Node.GetFloat("alpha", 1);
        node.Give(0, () => transA ? Product(node.Input(1), node.Gradient, transB, true) : Product(node.Gradient, node.Input(1), false, !transB));
        node.Give(1, () => transB ? Product(node.Gradient, node.Input(0), true, transA) : Product(node.Input(0), node.Gradient, !transA, false));
        node.Give(2, () => node.Make.Mul(node.Make.SumTo(node.Gradient, node.OutputDims(), node.Dims(2)), node.Node.GetFloat("beta", 1)));

        Value Product(Value a, Value b, bool transposeA, bool transposeB) =>
            node.Make.Node("Gemm", [a, b], ("alpha", alpha), ("transA", transposeA ? 1 : 0), ("transB", transposeB ? 1 : 0));
    }

    /// <summary>y = a·b for every matrix of a batch: ∂a = g·bᵀ, ∂b = aᵀ·g, summed over what broadcasting had repeated. A vector is a matrix of one row, or one column.</summary>
    private static void MatMul(GradientNode node)
    {
        var (aDims, bDims) = (node.Dims(0), node.Dims(1));
        long[] a = aDims.Length == 1 ? [1, .. aDims] : aDims;
        long[] b = bDims.Length == 1 ? [.. bDims, 1] : bDims;
        var (rows, inner, columns) = (a[^2], a[^1], b[^1]);
        long[] batch = node.OutputDims()[..(Math.Max(a.Length, b.Length) - 2)];
        var gradient = new Lazy<Value>(() => As(node.Gradient, node.OutputDims(), [.. batch, rows, columns]));
        node.Give(0, () => As(node.Make.SumTo(node.Make.MatMul(gradient.Value, As(node.Input(1), bDims, b), transB: true), [.. batch, rows, inner], a), a, aDims));
        node.Give(1, () => As(b.Length == 2 ? OverAllRows() : node.Make.SumTo(node.Make.MatMul(As(node.Input(0), aDims, a), gradient.Value, transA: true), [.. batch, inner, columns], b), b, bDims));

        // One matrix for the whole batch, a layer's weight: the product sums over the batch by itself.
        Value OverAllRows() => node.Make.Node("Gemm", [As(node.Input(0), aDims, [-1, inner]), As(node.Gradient, node.OutputDims(), [-1, columns])], ("transA", 1));

        Value As(Value value, long[] from, long[] to) => from.AsSpan().SequenceEqual(to) ? value : node.Make.Reshape(value, to);
    }
}
