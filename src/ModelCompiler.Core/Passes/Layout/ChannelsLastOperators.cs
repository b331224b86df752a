using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Layout;

/// <summary>
/// The operators of ONNX Runtime's CPU provider that can work in NHWC. Source: the kernels that it registers for <c>channels_last</c> and
/// for NhwcMaxPool (contrib_ops/cpu/cpu_contrib_kernels).
/// </summary>
internal static class ChannelsLastOperators
{
    private static readonly HashSet<string> Elementwise = new(StringComparer.Ordinal)
    {
        "Abs", "Clip", "Elu", "Erf", "Exp", "Gelu", "HardSigmoid", "HardSwish", "LeakyRelu", "Log", "Mish", "Neg", "QLinearLeakyRelu", "QLinearSigmoid",
        "QuickGelu", "Relu", "Sigmoid", "Softplus", "Softsign", "Sqrt", "Tanh",
    };

    private static readonly HashSet<string> Binary = new(StringComparer.Ordinal) { "Add", "Div", "Mul", "QLinearAdd", "QLinearMul", "Sub" };

    public static LayoutRole RoleOf(Node node, InferredTypes types)
    {
        if (node.Domain is not ("" or "com.microsoft") || !DataInputs(node).Select(node.Input).All(input => input is not null && IsPicture(input, node, types)))
            return LayoutRole.None;
        return node.OpType switch
        {
            "QLinearConv" when node.GetInt("channels_last", 0) == 0 => LayoutRole.Wants,
            "QLinearAveragePool" or "QLinearGlobalAveragePool" when node.GetInt("channels_last", 0) == 0 => LayoutRole.Takes,
            "MaxPool" when IsIntegerMaxPool(node, types) => LayoutRole.Wants,
            "QuantizeLinear" or "DequantizeLinear" when node.Input(1)?.Constant is { Count: 1 } => LayoutRole.Follows,
            "Resize" when NearestResize.Of(node, types) is not null => LayoutRole.Follows,
            "Concat" or "QLinearConcat" or "Split" => LayoutRole.Follows,
            "Pad" when node.Input(1)?.Constant is { Type: ElementType.Int64, Count: 2 * ChannelsLast.Rank } && node.Input(3) is null => LayoutRole.Follows,
            "Slice" when node.Input(3)?.Constant is { Type: ElementType.Int64 } => LayoutRole.Follows,
            _ => Elementwise.Contains(node.OpType) || Binary.Contains(node.OpType) ? LayoutRole.Follows : LayoutRole.None,
        };
    }

    /// <summary>The inputs that carry pictures, constant ones included.</summary>
    public static IEnumerable<int> DataInputs(Node node) => node.OpType switch
    {
        "QLinearAdd" or "QLinearMul" => [0, 3],
        "Concat" => Enumerable.Range(0, node.Inputs.Count),
        "QLinearConcat" => Enumerable.Range(0, (node.Inputs.Count - 2) / 3).Select(i => 2 + (3 * i)),
        _ => Binary.Contains(node.OpType) ? [0, 1] : [0],
    };

    /// <summary>Constants may have fewer axes where an operator broadcasts.</summary>
    private static bool IsPicture(Value value, Node reader, InferredTypes types) =>
        value.Constant is not { } constant
            ? types.ShapeOf(value)?.Rank == ChannelsLast.Rank
            : Binary.Contains(reader.OpType) && constant.Rank <= ChannelsLast.Rank && constant.Data.Length <= int.MaxValue;

    private static bool IsIntegerMaxPool(Node node, InferredTypes types) =>
        types.ElementOf(node.Inputs[0]!) is ElementType.UInt8 or ElementType.Int8 && node.Outputs.Count == 1 && node.GetInt("storage_order", 0) == 0;
}
