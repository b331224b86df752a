using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>What the rounding of a weight does to the output of its layer, from the moments of the layer's input.</summary>
internal static class LayerNoise
{
    /// <summary>E[ΔW·x]: the mean shift of each output channel, which a bias can take back.</summary>
    public static double[] Shift(SummedWeight layer, ReadOnlySpan<float> error, Moments input) => layer.Sum(error, input.Means);

    /// <summary>The same where it is known what each single weight is multiplied by, padding included.</summary>
    public static double[] Shift(SummedWeight layer, ChannelLayout layout, ReadOnlySpan<float> error, GramMatrix gram)
    {
        var shift = new double[layout.Channels];
        var outputsOfGroup = layout.Channels / gram.Products.Length;
        for (var i = 0; i < shift.Length; i++)
        {
            var channel = new WeightChannel(layer.Weight, layout, i);
            var means = gram.Means.AsSpan(i / outputsOfGroup * gram.Columns, gram.Columns);
            for (var column = 0; column < means.Length; column++)
                shift[i] += error[channel.Place(column)] * means[column];
        }

        return shift;
    }

    /// <summary>
    /// Signal to noise of the layer's output in dB once its mean shift is taken back:
    /// 10·log₁₀(ΣW²·E[x²] / ΣΔW²·Var[x]), with the inputs of a sum taken as independent.
    /// </summary>
    public static double SqnrDb(SummedWeight layer, ReadOnlySpan<float> error, Moments input)
    {
        var variances = input.MeanSquares.Zip(input.Means, (square, mean) => Math.Max(0, square - (mean * mean))).ToArray();
        var signal = layer.Sum(Squares(layer.Weight.Span<float>()), input.MeanSquares).Sum();
        var noise = layer.Sum(Squares(error), variances).Sum();
        return noise == 0 ? double.PositiveInfinity : 10 * Math.Log10(signal / noise);
    }

    private static float[] Squares(ReadOnlySpan<float> values)
    {
        var squares = values.ToArray();
        TensorPrimitives.Multiply<float>(squares, squares, squares);
        return squares;
    }
}
