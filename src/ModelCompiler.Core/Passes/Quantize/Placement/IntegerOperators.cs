using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>What an operator does with integers in ONNX Runtime's CPU provider.</summary>
internal enum IntegerRole
{
    /// <summary>No integer kernel: it pays for conversion to float and back.</summary>
    None,

    /// <summary>Multiplies by a weight; the reason to quantize at all.</summary>
    Weighted,

    /// <summary>An integer kernel that takes inputs and gives an output of scales of their own.</summary>
    Kernel,

    /// <summary>Only moves or picks elements: input and output share scale and zero point.</summary>
    PassThrough,
}

/// <summary>
/// The operators that ONNX Runtime runs on integers when Q/DQ stand around them.
/// Source: the selectors of its QDQ transformer (optimizer/qdq_transformer/selectors_actions).
/// </summary>
internal static class IntegerOperators
{
    private static readonly Dictionary<string, IntegerRole> Roles = new(StringComparer.Ordinal)
    {
        ["Conv"] = IntegerRole.Weighted,
        ["Gemm"] = IntegerRole.Weighted,
        ["MatMul"] = IntegerRole.Weighted,

        ["Add"] = IntegerRole.Kernel,
        ["AveragePool"] = IntegerRole.Kernel,
        ["Concat"] = IntegerRole.Kernel,
        ["GlobalAveragePool"] = IntegerRole.Kernel,
        ["LeakyRelu"] = IntegerRole.Kernel,
        ["Mul"] = IntegerRole.Kernel,
        ["Sigmoid"] = IntegerRole.Kernel,
        ["Softmax"] = IntegerRole.Kernel,

        ["Expand"] = IntegerRole.PassThrough,
        ["Flatten"] = IntegerRole.PassThrough,
        ["MaxPool"] = IntegerRole.PassThrough,
        ["Reshape"] = IntegerRole.PassThrough,
        ["Slice"] = IntegerRole.PassThrough,
        ["Split"] = IntegerRole.PassThrough,
        ["Squeeze"] = IntegerRole.PassThrough,
        ["Tile"] = IntegerRole.PassThrough,
        ["Transpose"] = IntegerRole.PassThrough,
        ["Unsqueeze"] = IntegerRole.PassThrough,
    };

    public static IntegerRole RoleOf(Node node) => node.Domain.Length > 0 ? IntegerRole.None : RoleOfType(node);

    /// <summary>The inputs that carry activations: the first one, or all of Add, Mul and Concat.</summary>
    public static IEnumerable<int> DataInputs(Node node) =>
        node.OpType is "Add" or "Mul" or "Concat" ? Enumerable.Range(0, node.Inputs.Count) : [0];

    /// <summary>The range of outputs that is known without looking: a probability in steps of 1/256.</summary>
    public static ValueRange? FixedRange(Node node) =>
        node.OpType is "Softmax" or "Sigmoid" && node.Domain.Length == 0 ? new ValueRange(0, 255.0 / 256) : null;

    /// <summary>True where the graph holds quantized operators already, in any of ONNX's forms.</summary>
    public static bool IsQuantized(Node node) =>
        node.OpType is "QuantizeLinear" or "DequantizeLinear" or "ConvInteger" or "MatMulInteger" or "DynamicQuantizeLinear" ||
        node.OpType.StartsWith("QLinear", StringComparison.Ordinal) ||
        (node.Domain == "com.microsoft" && node.OpType is "QGemm" or "MatMulNBits" or "MatMulIntegerToFloat" or "DynamicQuantizeMatMul" or "QAttention");

    private static IntegerRole RoleOfType(Node node) => node.OpType switch
    {
        // A resized picture takes new values in between, unless it repeats the nearest one.
        "Resize" => node.GetString("mode", "nearest") == "nearest" ? IntegerRole.PassThrough : IntegerRole.None,
        // Every range of integers holds 0.
        "Pad" => node.GetString("mode", "constant") != "constant" || PadsWithZero(node) ? IntegerRole.PassThrough : IntegerRole.None,
        _ => Roles.GetValueOrDefault(node.OpType),
    };

    private static bool PadsWithZero(Node pad) =>
        pad.GetFloat("value", 0) == 0 && (pad.Input(2) is not { } value || (value.Constant is { Type: ElementType.Float32, Count: 1 } known && known.Span<float>()[0] == 0));
}
