using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>What the rounding of a weight does to the output of its layer, from the moments of the layer's input.</summary>
internal static class LayerNoise
{
    /// <summary>E[ΔW·x]: the mean shift of each output channel, which a bias can take back.</summary>
    public static double[] Shift(SummedWeight layer, ReadOnlySpan<float> error, Moments input) => layer.Sum(error, input.ExpectedMeans);

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

    /// <summary>The same where it is known how the inputs of a sum go together: 10·log₁₀(Σ E[(W·x)²] / Σ E[(ΔW·x)²]), one sum for each output channel.</summary>
    /// <param name="weight">Of one layer.</param>
    /// <param name="error">ΔW, in the order of the weight.</param>
    /// <param name="gram">Of that layer; of centred inputs where the bias takes back the mean shift.</param>
    public static double SqnrDb(StoredWeight weight, ReadOnlySpan<float> error, GramMatrix gram)
    {
        var layout = ChannelLayout.Of(weight.Tensor.Dims, weight.ChannelAxis);
        var (signal, noise) = (0.0, 0.0);
        for (var channel = 0; channel < layout.Channels; channel++)
        {
            var group = channel * gram.Products.Length / layout.Channels;
            signal += gram.SquareOf(Row(weight.Tensor.Span<float>(), layout, channel), group);
            noise += gram.SquareOf(Row(error, layout, channel), group);
        }

        return noise == 0 ? double.PositiveInfinity : 10 * Math.Log10(signal / noise);
    }

    private static double[] Row(ReadOnlySpan<float> values, ChannelLayout layout, int channel)
    {
        var row = new double[layout.Outer * layout.Inner];
        for (var i = 0; i < row.Length; i++)
            row[i] = values[layout.Start(i / layout.Inner, channel) + (i % layout.Inner)];
        return row;
    }

    private static float[] Squares(ReadOnlySpan<float> values)
    {
        var squares = values.ToArray();
        TensorPrimitives.Multiply<float>(squares, squares, squares);
        return squares;
    }
}
