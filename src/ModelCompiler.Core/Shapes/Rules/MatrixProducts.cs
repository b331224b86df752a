using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Matrix products.</summary>
internal static class MatrixProducts
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("Gemm", Gemm),
        ("MatMul", node => node.Set(0, node.Element(0), Product(node.Shape(0), node.Shape(1)))),
        ("MatMulInteger", node => node.Set(0, ElementType.Int32, Product(node.Shape(0), node.Shape(1)))),
        ("QLinearMatMul", node => node.Set(0, node.Element(7), Product(node.Shape(0), node.Shape(3)))),
        ("Det", Determinant),
    ];

    private static void Gemm(NodeInference node) => Gemm(node, 1, node.Element(0));

    /// <summary>The product of two matrices, either of which may be transposed.</summary>
    public static void Gemm(NodeInference node, int second, ElementType element)
    {
        if (node.Shape(0) is { Rank: 2 } a && node.Shape(second) is { Rank: 2 } b)
        {
            var rows = a[node.Node.GetInt("transA", 0) != 0 ? 1 : 0];
            var columns = b[node.Node.GetInt("transB", 0) != 0 ? 0 : 1];
            node.Set(0, element, [rows, columns]);
        }
        else
        {
            node.SetRank(0, element, 2);
        }
    }

    /// <summary>numpy.matmul: the last two axes multiply, those before broadcast; a vector is a row on the left, a column on the right.</summary>
    public static Shape? Product(Shape? a, Shape? b)
    {
        if (a is null || b is null || a.Rank == 0 || b.Rank == 0)
            return null;
        var batch = Dimensions.Broadcast(new Shape(a.Take(a.Rank - 2)), new Shape(b.Take(b.Rank - 2)))!;
        var rows = a.Rank > 1 ? a.Skip(a.Rank - 2).Take(1) : [];
        var columns = b.Rank > 1 ? b.TakeLast(1) : [];
        return new Shape(batch.Concat(rows).Concat(columns));
    }

    private static void Determinant(NodeInference node) =>
        node.Set(0, node.Element(0), node.Shape(0) is { Rank: >= 2 } input ? new Shape(input.Take(input.Rank - 2)) : null);
}
