using System.Numerics.Tensors;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Quantizes the weight of an integer operator together with what its bias needs.</summary>
internal static class WeightQuantization
{
    /// <summary>Bits that a bias may take of its 32, so that the sum of products still fits beside it.</summary>
    private const int BiasBits = 29;

    /// <summary>Bits with which the bias of a channel without weights is kept: those of a float32's mantissa.</summary>
    private const int LoneBiasBits = 23;

    /// <param name="weighted">The operator.</param>
    /// <param name="input">Scale and zero point of what it reads.</param>
    /// <param name="channels">The range of each channel of what it reads, where calibration knows it.</param>
    /// <param name="scheme">The formats of the target.</param>
    public static QuantizedWeight Quantize(WeightedNode weighted, QuantizationParameters input, ValueRange[]? channels, QuantizationScheme scheme)
    {
        var weight = weighted.Weight;
        var layout = scheme.PerChannel ? ChannelLayout.Of(weight.Dims, weighted.ChannelAxis) : ChannelLayout.Whole(weight.Count);
        var scales = WeightScales.Covering(weight, layout, scheme.Weights);
        if (weighted.Bias is { } bias)
            MakeRoomForBias(scales, bias, input.Scale, IsZero(weight.Span<float>(), layout));
        if (scheme.WeightsWhereSumsSaturate is { } narrow && input.Format.Type == ElementType.UInt8)
            MakePairsFit(weighted.Node, channels, input, scales, (double)scheme.Weights.Max / narrow.Max);
        return new(weight, layout, new RoundToNearest().Round(weight, layout, scales, scheme.Weights), scales);
    }

    private static void MakePairsFit(Node node, ValueRange[]? channels, QuantizationParameters input, float[] scales, double growth)
    {
        if (SummedWeight.Of(new Use(node, 1)) is { } layer)
            PairSums.MakeFit(layer, channels, input, scales, growth);
        else
            TensorPrimitives.Multiply(scales, (float)growth, scales);
    }

    /// <summary>
    /// The bias is stored in steps of s(x)·s(w): s(w) grows where the bias would not fit in them, and is chosen for the bias alone
    /// where the channel has no weights.
    /// </summary>
    private static void MakeRoomForBias(float[] scales, float[] bias, float inputScale, bool[] isZero)
    {
        for (var i = 0; i < bias.Length; i++)
        {
            if (bias[i] == 0)
                continue;
            var channel = scales.Length == 1 ? 0 : i;
            var least = Math.Abs(bias[i]) / inputScale;
            scales[channel] = isZero[channel] && scales.Length > 1
                ? MathF.ScaleB(least, -LoneBiasBits)
                : Math.Max(scales[channel], MathF.ScaleB(least, -BiasBits));
        }
    }

    private static bool[] IsZero(ReadOnlySpan<float> weight, ChannelLayout layout)
    {
        var isZero = new bool[layout.Channels];
        for (var channel = 0; channel < layout.Channels; channel++)
        {
            isZero[channel] = true;
            for (var outer = 0; outer < layout.Outer; outer++)
                isZero[channel] &= !weight.Slice(layout.Start(outer, channel), layout.Inner).ContainsAnyExcept(0f);
        }

        return isZero;
    }
}
