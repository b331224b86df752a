using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Products of matrices.</summary>
internal static class MatrixProducts
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Gemm", (GradientRule)Gemm),
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
}
