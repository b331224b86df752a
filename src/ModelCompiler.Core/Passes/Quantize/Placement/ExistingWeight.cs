using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The weight of a Conv, Gemm or MatMul that came as integers behind a DequantizeLinear. Integers and scales are kept.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Integers">int8.</param>
/// <param name="Scales">One, or one for each output channel.</param>
internal sealed record ExistingWeight(Node Node, Tensor Integers, float[] Scales)
{
    /// <summary>Two float32 numbers that were meant to be the same.</summary>
    private const float SameScale = 1e-6f;

    /// <summary>True for a layer whose weight came as integers.</summary>
    public static bool IsOf(Node layer) => StatedParameters.IsDequantized(layer.Input(1)) && layer.Inputs[1]!.Producer!.Input(0)?.Constant is not null;

    /// <summary>For a layer without a reason to keep.</summary>
    public static ExistingWeight Of(Node layer)
    {
        var weight = layer.Inputs[1]!.Producer!;
        return new(layer, weight.Inputs[0]!.Constant!, weight.Inputs[1]!.Constant!.ToFloats());
    }

    /// <summary>The integers as the factors of a layer.</summary>
    public SummedWeight Summed => new(Node, Tensor.Of(Integers.ToFloats(), Integers.Dims));

    /// <summary>The reason why the weight does not go with the scale of the layer's input; null where it does.</summary>
    /// <param name="input">Scale and zero point of the layer's input.</param>
    /// <param name="observed">What calibration saw of it.</param>
    /// <param name="scheme">The target's formats.</param>
    public string? ReasonNotToFit(QuantizationParameters input, ActivationStatistics observed, QuantizationScheme scheme)
    {
        if (Bias?.Where((bias, channel) => Math.Abs(bias) > int.MaxValue * (double)input.Scale * Scales[Scales.Length == 1 ? 0 : channel]).Any() ?? false)
            return "its bias is too large for the scale of its weight";
        return WeightQuantization.SumsSaturate(input, scheme) && new PairSums(Summed, observed.ChannelsOf(Node.Inputs[0]!, scheme), input).Greatest > short.MaxValue
            ? "sums of two products with its weight, as it came, would leave 16 bits on processors without VNNI"
            : null;
    }

    /// <summary>The bias in float32, one number for each output channel; null where there is none, or where it came as integers.</summary>
    public float[]? Bias => WeightedNode.BiasOf(Node, (int)Integers.Dims[WeightedNode.AxisOf(Node)]);

    /// <summary>The reason why a layer of <see cref="IsOf"/> cannot be integer with this weight; null where it can.</summary>
    public static string? ReasonToKeep(Node layer, QuantizationScheme scheme, ExistingQuantization existing)
    {
        if (!IsOf(layer))
            return "both of its operands are activations";
        var dequantizer = layer.Inputs[1]!.Producer!;
        var integers = dequantizer.Inputs[0]!.Constant!;
        if (integers.Type != scheme.Weights.Type)
            return $"its weight came as {integers.Type.OnnxName()}, which the target's kernels do not take";
        if (dequantizer.Input(1)?.Constant is not { Type: ElementType.Float32 } scales)
            return "the scale of its weight is computed, or is not float32";
        if (!IsSymmetric(dequantizer.Input(2)))
            return "its weight came with a zero point other than 0";
        return WeightedNode.ReasonToKeepShape(layer, integers) ?? ReasonToKeepScales(layer, dequantizer, scales, scheme) ?? ReasonToKeepBias(layer, integers, scales, existing);
    }

    private static string? ReasonToKeepScales(Node layer, Node dequantizer, Tensor scales, QuantizationScheme scheme)
    {
        if (scales.Count == 1)
            return null;
        if (!scheme.PerChannel)
            return "its weight came with a scale for each channel, and the target's kernels take one for all";
        var integers = dequantizer.Inputs[0]!.Constant!;
        var axis = dequantizer.GetInt("axis", 1);
        return scales.Rank == 1 && (axis < 0 ? axis + integers.Rank : axis) == WeightedNode.AxisOf(layer) ? null : "the scales of its weight are not one for each output channel";
    }

    /// <summary>A bias that came as integers stands for what it says only where its scale is that of the products.</summary>
    private static string? ReasonToKeepBias(Node layer, Tensor integers, Tensor scales, ExistingQuantization existing)
    {
        if (!StatedParameters.IsDequantized(layer.Input(2)))
            return WeightedNode.ReasonToKeepBias(layer, integers);
        var bias = layer.Inputs[2]!.Producer!;
        return bias.Input(0)?.Constant is { Type: ElementType.Int32 } && IsSymmetric(bias.Input(2)) && bias.Input(1)?.Constant is { Type: ElementType.Float32 } stated
            && existing.Parameters.TryGetValue(layer.Inputs[0]!, out var input) && AreProducts(stated.ToFloats(), input.Scale, scales.ToFloats())
            ? null
            : "its bias came as integers for another scale of its input";
    }

    private static bool AreProducts(float[] stated, float input, float[] weights)
    {
        for (var i = 0; i < Math.Max(stated.Length, weights.Length); i++)
        {
            var product = input * weights[weights.Length == 1 ? 0 : i];
            if ((stated.Length > 1 && i >= stated.Length) || Math.Abs(stated[stated.Length == 1 ? 0 : i] - product) > SameScale * product)
                return false;
        }

        return true;
    }

    private static bool IsSymmetric(Value? zeroPoint) => zeroPoint is null || (zeroPoint.Constant is { } known && !known.Data.Span.ContainsAnyExcept((byte)0));
}
