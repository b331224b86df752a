using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// What operators do with integers when Q/DQ stand around them. Which of them a target has kernels for, its profile says (<see cref="TargetOperators"/>).
/// Sources: the selectors of ONNX Runtime's QDQ transformer (optimizer/qdq_transformer/selectors_actions) and, for other execution providers, those that
/// they share (selectors_actions/shared).
/// </summary>
internal static class IntegerOperators
{
    private static readonly Dictionary<string, IntegerRole> Roles = new(StringComparer.Ordinal)
    {
        ["Conv"] = IntegerRole.Weighted,
        ["ConvTranspose"] = IntegerRole.Weighted,
        ["Gemm"] = IntegerRole.Weighted,
        ["MatMul"] = IntegerRole.Weighted,

        ["Abs"] = IntegerRole.Kernel,
        ["Add"] = IntegerRole.Kernel,
        ["AveragePool"] = IntegerRole.Kernel,
        ["Clip"] = IntegerRole.Kernel,
        ["Concat"] = IntegerRole.Kernel,
        ["Div"] = IntegerRole.Kernel,
        ["Elu"] = IntegerRole.Kernel,
        ["Exp"] = IntegerRole.Kernel,
        ["Gelu"] = IntegerRole.Kernel,
        ["GlobalAveragePool"] = IntegerRole.Kernel,
        ["HardSigmoid"] = IntegerRole.Kernel,
        ["HardSwish"] = IntegerRole.Kernel,
        ["LeakyRelu"] = IntegerRole.Kernel,
        ["Log"] = IntegerRole.Kernel,
        ["LogSoftmax"] = IntegerRole.Kernel,
        ["Max"] = IntegerRole.Kernel,
        ["Min"] = IntegerRole.Kernel,
        ["Mul"] = IntegerRole.Kernel,
        ["Neg"] = IntegerRole.Kernel,
        ["PRelu"] = IntegerRole.Kernel,
        ["ReduceMax"] = IntegerRole.Kernel,
        ["ReduceMean"] = IntegerRole.Kernel,
        ["ReduceMin"] = IntegerRole.Kernel,
        ["ReduceSum"] = IntegerRole.Kernel,
        ["Relu"] = IntegerRole.Kernel,
        ["Sigmoid"] = IntegerRole.Kernel,
        ["Softmax"] = IntegerRole.Kernel,
        ["Sqrt"] = IntegerRole.Kernel,
        ["Sub"] = IntegerRole.Kernel,
        ["Tanh"] = IntegerRole.Kernel,

        ["InstanceNormalization"] = IntegerRole.Normalization,
        ["LayerNormalization"] = IntegerRole.Normalization,

        ["DepthToSpace"] = IntegerRole.PassThrough,
        ["Expand"] = IntegerRole.PassThrough,
        ["Flatten"] = IntegerRole.PassThrough,
        ["GlobalMaxPool"] = IntegerRole.PassThrough,
        ["MaxPool"] = IntegerRole.PassThrough,
        ["Reshape"] = IntegerRole.PassThrough,
        ["Slice"] = IntegerRole.PassThrough,
        ["SpaceToDepth"] = IntegerRole.PassThrough,
        ["Split"] = IntegerRole.PassThrough,
        ["Squeeze"] = IntegerRole.PassThrough,
        ["Tile"] = IntegerRole.PassThrough,
        ["Transpose"] = IntegerRole.PassThrough,
        ["Unsqueeze"] = IntegerRole.PassThrough,
    };

    /// <summary>Those above that compute and that the CPU provider of ONNX Runtime fuses with the Q/DQ around them.</summary>
    private static readonly HashSet<string> OnCpu = new(StringComparer.Ordinal)
    {
        "Add", "AveragePool", "Concat", "Conv", "Gemm", "GlobalAveragePool", "LeakyRelu", "MatMul", "Mul", "Sigmoid", "Softmax",
    };

    public static IntegerRole RoleOf(Node node) => node.Domain.Length > 0 ? IntegerRole.None : RoleOfType(node);

    /// <summary>The same, in ONNX Runtime's CPU provider.</summary>
    public static IntegerRole CpuRoleOf(Node node) =>
        RoleOf(node) is var role && (role == IntegerRole.PassThrough || OnCpu.Contains(node.OpType)) ? role : IntegerRole.None;

    /// <summary>The inputs that carry activations: the first one, or all that are combined.</summary>
    public static IEnumerable<int> DataInputs(Node node) => RoleOf(node) switch
    {
        IntegerRole.Product => [0, 1],
        IntegerRole.Kernel when node.OpType is "Add" or "Concat" or "Div" or "Max" or "Min" or "Mul" or "PRelu" or "Sub" => Enumerable.Range(0, node.Inputs.Count),
        _ => [0],
    };

    /// <summary>
    /// The range of outputs that is known without looking. A probability is in steps of 1/256 with 8 bits and of 1/65536 with 16, a hyperbolic tangent in
    /// steps of 1/128 and 1/32768 around a zero point in the middle.
    /// </summary>
    /// <remarks>Neural processors of Qualcomm take no others with 16 bits. Source: ONNX Runtime's quantizer for QNN (execution_providers/qnn/quant_config.py).</remarks>
    public static ValueRange? FixedRange(Node node, IntegerFormat format)
    {
        double steps = format.IsSymmetric ? format.Max + 1 : format.Levels;
        return node.Domain.Length > 0 ? null : node.OpType switch
        {
            "Softmax" or "Sigmoid" => new ValueRange(0, (steps - 1) / steps),
            "Tanh" => new ValueRange(-1, 1 - ((format.IsSymmetric ? 1 : 2) / steps)),
            _ => null,
        };
    }

    /// <summary>True where the graph holds quantized operators already, in any of ONNX's forms.</summary>
    public static bool IsQuantized(Node node) =>
        node.OpType is "QuantizeLinear" or "DequantizeLinear" or "ConvInteger" or "MatMulInteger" or "DynamicQuantizeLinear" ||
        node.OpType.StartsWith("QLinear", StringComparison.Ordinal) ||
        (node.Domain == "com.microsoft" && node.OpType is "QGemm" or "MatMulNBits" or "MatMulIntegerToFloat" or "DynamicQuantizeMatMul" or "QAttention");

    private static IntegerRole RoleOfType(Node node) => node.OpType switch
    {
        // Behind a DequantizeLinear a weight is quantized already.
        "MatMul" when node.Input(1) is { Constant: null, Producer: not { OpType: "DequantizeLinear" } } => IntegerRole.Product,
        // A resized picture takes new values in between, unless it repeats the nearest one.
        "Resize" => node.GetString("mode", "nearest") == "nearest" ? IntegerRole.PassThrough : IntegerRole.Kernel,
        // Every range of integers holds 0.
        "Pad" => node.GetString("mode", "constant") != "constant" || PadsWithZero(node) ? IntegerRole.PassThrough : IntegerRole.None,
        _ => Roles.GetValueOrDefault(node.OpType),
    };

    private static bool PadsWithZero(Node pad) =>
        pad.GetFloat("value", 0) == 0 && (pad.Input(2) is not { } value || (value.Constant is { Type: ElementType.Float32, Count: 1 } known && known.Span<float>()[0] == 0));
}
