using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Cost;

/// <summary>Counts the multiply-accumulates of the operators that do nearly all of them.</summary>
internal static class MultiplyAccumulates
{
    /// <summary>
    /// The sum over a graph and, each counted once, the graphs nested in it; null where the sizes of one counted operator are not known.
    /// </summary>
    public static long? Of(Graph graph, InferredTypes types)
    {
        long sum = 0;
        foreach (var node in graph.SelfAndNested.SelectMany(inner => inner.Nodes))
        {
            if (!Counts(node))
                continue;
            if (Of(node, types) is not { } macs)
                return null;
            sum = checked(sum + macs);
        }

        return sum;
    }

    /// <summary>One node's count, 0 for operators that are not counted, null where sizes are not known.</summary>
    public static long? Of(Node node, InferredTypes types) => node.OpType switch
    {
        "Conv" or "ConvInteger" or "FusedConv" => Convolution(node, Sizes(node, 1, types), types),
        "QLinearConv" => Convolution(node, Sizes(node, 3, types), types),
        "ConvTranspose" => Transposed(Sizes(node, 0, types), Sizes(node, 1, types)),
        "Gemm" or "QGemm" => Times(OutputCount(node, types), Sizes(node, 0, types)?[node.GetInt("transA", 0) != 0 ? 0 : 1]),
        "MatMul" or "MatMulInteger" or "QLinearMatMul" or "DynamicQuantizeMatMul" or "MatMulIntegerToFloat" or "MatMulNBits" =>
            Times(OutputCount(node, types), Sizes(node, 0, types)?.LastOrDefault()),
        "LSTM" or "DynamicQuantizeLSTM" => Recurrent(node, 4, types),
        "GRU" => Recurrent(node, 3, types),
        "RNN" => Recurrent(node, 1, types),
        _ => 0,
    };

    private static bool Counts(Node node) => node.Domain is "" or "com.microsoft" && node.OpType
        is "Conv" or "ConvInteger" or "FusedConv" or "QLinearConv" or "ConvTranspose" or "Gemm" or "QGemm" or "MatMul" or "MatMulInteger" or "QLinearMatMul"
        or "DynamicQuantizeMatMul" or "MatMulIntegerToFloat" or "MatMulNBits" or "LSTM" or "DynamicQuantizeLSTM" or "GRU" or "RNN";

    /// <summary>Each output element takes one product for every element of one filter, C/group × kernel.</summary>
    private static long? Convolution(Node node, long[]? weight, InferredTypes types) =>
        weight is [_, .. var filter] ? Times(OutputCount(node, types), Product(filter)) : null;

    /// <summary>Each input element is multiplied with M/group × kernel weights.</summary>
    private static long? Transposed(long[]? input, long[]? weight) =>
        input is not null && weight is [_, .. var filter] ? Times(Product(input), Product(filter)) : null;

    /// <summary>Sequence × batch × directions × gates × hidden × (input + hidden). The quantized form stores the weight with rows for columns: hidden is the shorter axis.</summary>
    private static long? Recurrent(Node node, int gates, InferredTypes types) =>
        Sizes(node, 0, types) is [var a, var b, var input] && Sizes(node, 2, types) is [var directions, var rows, var columns] && Math.Min(rows, columns) is var hidden
            ? checked(a * b * directions * gates * hidden * (input + hidden))
            : null;

    private static long[]? Sizes(Node node, int input, InferredTypes types) => node.Input(input) is { } value ? types.ShapeOf(value)?.Sizes : null;

    private static long? OutputCount(Node node, InferredTypes types) => types.ShapeOf(node.Output)?.ElementCount;

    private static long Product(long[] sizes) => sizes.Aggregate(1L, (product, size) => checked(product * size));

    private static long? Times(long? a, long? b) => a is { } x && b is { } y ? checked(x * y) : null;
}
