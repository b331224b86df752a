using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Relu and Clip, seen as what integers that saturate do by themselves.</summary>
internal static class Saturation
{
    /// <summary>True for an activation that leaves numbers around 0 as they are and cuts off the rest.</summary>
    public static bool IsAroundZero(Node node)
    {
        if (node.Is("Relu"))
            return true;
        return node.Is("Clip") && Bound(node, 1, float.NegativeInfinity) <= 0 && Bound(node, 2, float.PositiveInfinity) >= 0;
    }

    /// <summary>True where a QuantizeLinear with one scale and zero point gives the same integers without the activation in front of it: its ends lie within the activation's.</summary>
    public static bool Does(Node quantizer, Node activation)
    {
        if (quantizer.Input(1)?.Constant is not { Type: ElementType.Float32, Count: 1 } scale || FormatOf(quantizer) is not { } format || quantizer.Input(2) is { Constant: null })
            return false;
        var parameters = new QuantizationParameters(scale.Span<float>()[0], quantizer.Input(2) is { } zeroPoint ? (int)zeroPoint.Constant!.ToFloats()[0] : 0, format);
        var (least, greatest) = activation.Is("Relu") ? (0, float.PositiveInfinity) : (Bound(activation, 1, float.NegativeInfinity), Bound(activation, 2, float.PositiveInfinity));
        return Integer(parameters, least) <= format.Min && Integer(parameters, greatest) >= format.Max;
    }

    private static IntegerFormat? FormatOf(Node quantizer) => (quantizer.Input(2)?.Constant?.Type ?? (ElementType)quantizer.GetInt("output_dtype", (long)ElementType.UInt8)) switch
    {
        ElementType.UInt8 => IntegerFormat.UInt8,
        ElementType.Int8 => IntegerFormat.Int8,
        _ => null,
    };

    private static double Integer(QuantizationParameters parameters, float bound) => Math.Round(bound / parameters.Scale, MidpointRounding.ToEven) + parameters.ZeroPoint;

    /// <summary>NaN where the bound is computed, which compares as false.</summary>
    private static float Bound(Node clip, int index, float otherwise) =>
        clip.Input(index) is not { } bound ? otherwise : bound.Constant is { Type: ElementType.Float32, Count: 1 } known ? known.Span<float>()[0] : float.NaN;
}
