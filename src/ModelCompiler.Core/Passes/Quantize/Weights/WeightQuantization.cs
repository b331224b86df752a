using System.Numerics.Tensors;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>Quantizes the weight of an integer operator together with its bias.</summary>
internal static class WeightQuantization
{
    /// <summary>Bits that a bias may take of its 32, so that the sum of products still fits beside it.</summary>
    private const int BiasBits = 29;

    /// <summary>Bits with which the bias of a channel without weights is kept: those of a float32's mantissa.</summary>
    private const int LoneBiasBits = 23;

    /// <param name="weighted">The operator.</param>
    /// <param name="input">Scale and zero point of what it reads.</param>
    /// <param name="channels">The range of each channel of what it reads, where calibration knows it.</param>
    /// <param name="scheme">The formats of the target, and the steps to take.</param>
    /// <param name="inputs">What calibration saw of the factors of its weights.</param>
    public static QuantizedLayer Quantize(
        WeightedNode weighted, QuantizationParameters input, ValueRange[]? channels, QuantizationScheme scheme, LayerInputs inputs)
    {
        var weight = weighted.Weight;
        var channelLayout = ChannelLayout.Of(weight.Dims, weighted.ChannelAxis);
        var isPerChannel = scheme.IsPerChannel(weighted.Node);
        var layout = isPerChannel ? channelLayout : ChannelLayout.Whole(weight.Count);
        var layer = SummedWeight.Of(new Use(weighted.Node, 1));
        var corrects = scheme.Has(AccuracyStep.CorrectBias) && !weighted.Node.Is("MatMul");
        var gram = layer is null ? null : inputs.GramOf(layer);
        var counted = corrects ? gram?.Centred() : gram;
        var pairs = SumsSaturate(input, scheme) && layer is not null ? new PairSums(layer, channels, input) : null;

        var scales = WeightScales.Covering(weight, layout, scheme.Weights);
        if (weighted.Bias is { } bias && !scheme.FloatBiases)
            MakeRoomForBias(scales, bias, input.Scale, IsZero(weight.Span<float>(), layout));
        if (SumsSaturate(input, scheme))
            MakePairsFit(pairs, scales, (double)scheme.Weights.Max / scheme.WeightsWhereSumsSaturate!.Max);
        if (counted is not null && isPerChannel && scheme.Has(AccuracyStep.SearchScales))
        {
            new ScaleSearch(counted) { Pairs = pairs }.Narrow(weight, layout, scales, scheme.Weights);
            MakeRoomForBias(scales, scheme.FloatBiases ? [] : weighted.Bias ?? [], input.Scale, IsZero(weight.Span<float>(), layout));
        }

        IWeightRounding rounding = counted is not null && scheme.Has(AccuracyStep.ErrorFeedback)
            ? new ErrorFeedbackRounding(counted) { Pairs = pairs }
            : new RoundToNearest();
        var integers = rounding.Round(weight, channelLayout, ForEach(channelLayout.Channels, scales), scheme.Weights);
        var quantized = new QuantizedWeight(weight, layout, integers, scales);
        return new(quantized, corrects && layer is not null ? CorrectedBias(weighted.Bias, layer, channelLayout, quantized, gram, inputs) : weighted.Bias);
    }

    /// <summary>True where products of two could leave 16 bits on the target.</summary>
    public static bool SumsSaturate(QuantizationParameters input, QuantizationScheme scheme) =>
        scheme.WeightsWhereSumsSaturate is not null && input.Format.Type == ElementType.UInt8;

    private static void MakePairsFit(PairSums? pairs, float[] scales, double growth)
    {
        if (pairs is not null)
            pairs.MakeFit(scales, growth);
        else
            TensorPrimitives.Multiply(scales, (float)growth, scales);
    }

    private static float[] ForEach(int channels, float[] scales) => scales.Length == channels ? scales : [.. Enumerable.Repeat(scales[0], channels)];

    /// <summary>b' = b − E[ΔW·x] (Nagel et al., 2019, arXiv:1906.04721).</summary>
    private static float[]? CorrectedBias(
        float[]? bias, SummedWeight layer, ChannelLayout layout, QuantizedWeight quantized, GramMatrix? gram, LayerInputs inputs)
    {
        var error = quantized.ToFloats();
        TensorPrimitives.Subtract<float>(error, layer.Weight.Span<float>(), error);
        var shift =
            gram is not null ? LayerNoise.Shift(layer, layout, error, gram) :
            inputs.MomentsOf(layer) is { } moments ? LayerNoise.Shift(layer, error, moments) : null;
        if (shift is null)
            return bias;
        return [.. shift.Select((mean, channel) => (float)((bias?[channel] ?? 0) - mean))];
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
