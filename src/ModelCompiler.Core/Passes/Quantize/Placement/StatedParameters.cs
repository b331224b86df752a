using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>What a QuantizeLinear or DequantizeLinear of a model says of its integers.</summary>
/// <param name="Parameters">Scale and zero point, where the integers are of the target's format.</param>
/// <param name="Foreign">Else what kind of integers they are, in words.</param>
internal sealed record StatedParameters(QuantizationParameters? Parameters, string Foreign)
{
    /// <summary>True for ONNX's QuantizeLinear and for ONNX Runtime's own, which took 16 bits before ONNX did.</summary>
    public static bool IsQuantizer(Node node) => node.OpType == "QuantizeLinear" && node.Domain is "" or "com.microsoft";

    /// <summary>True for the inverse.</summary>
    public static bool IsDequantizer(Node node) => node.OpType == "DequantizeLinear" && node.Domain is "" or "com.microsoft";

    /// <summary>True for a value that a DequantizeLinear makes.</summary>
    public static bool IsDequantized(Value? value) => value?.Producer is { } producer && IsDequantizer(producer);

    /// <summary>True for a DequantizeLinear that is the inverse of a QuantizeLinear beside it.</summary>
    public static bool AreSame(Node quantizer, Node reader) =>
        IsDequantizer(reader) && reader.Graph == quantizer.Graph && reader.Input(0) == quantizer.Output && AreSame(quantizer.Input(1), reader.Input(1)) && AreSame(quantizer.Input(2), reader.Input(2));

    private static bool AreSame(Value? one, Value? other) =>
        one == other || (one?.Constant is { } a && other?.Constant is { } b && a.Type == b.Type && a.Count == b.Count && a.Data.Span.SequenceEqual(b.Data.Span));

    public static StatedParameters Of(Node node, IntegerFormat format, InferredTypes types)
    {
        var type = types.ElementOf(IsQuantizer(node) ? node.Output : node.Inputs[0]!);
        var foreign = KindOf(node, type, format);
        if (foreign is not null)
            return new(null, foreign);
        var zeroPoint = node.Input(2) is { Constant: { } stored } ? (int)stored.ToFloats()[0] : 0;
        return format.IsSymmetric && zeroPoint != 0
            ? new(null, $"{type.OnnxName()} integers with a zero point other than 0")
            : new(new(node.Inputs[1]!.Constant!.Span<float>()[0], zeroPoint, format), "");
    }

    /// <summary>Null for one known float32 scale and zero point of the format's type.</summary>
    private static string? KindOf(Node node, ElementType type, IntegerFormat format)
    {
        if (type != format.Type)
            return $"{type.OnnxName()} integers";
        if (node.Input(1)?.Constant is not { } scale || node.Input(2) is { Constant: null })
            return "integers whose scale or zero point is computed";
        if (scale.Type != ElementType.Float32)
            return $"integers with a scale of type {scale.Type.OnnxName()}";
        return scale.Count == 1 && node.GetInt("block_size", 0) == 0 ? null : "integers with more than one scale";
    }
}
