namespace ModelCompiler.Passes;

/// <summary>
/// x64 processors without VNNI multiply unsigned activations by signed weights and add the products two by two in 16 bits, which saturate.
/// Where a layer's activations, as calibration saw them, could get there, the scale of that output channel grows until they cannot.
/// </summary>
/// <remarks>
/// Which two products meet depends on the kernel, so that any two of a channel must fit. A weight of 7 bits always does: 255·64·2 &lt; 2¹⁵.
/// Source: the VPMADDUBSW instruction in the Intel 64 and IA-32 manual, volume 2.
/// </remarks>
internal static class PairSums
{
    /// <summary>What fits, less the rounding of two weights to the next integer.</summary>
    private const double Limit = short.MaxValue - (2 * 0.5 * byte.MaxValue);

    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The range of each input channel in calibration; null where it is not known.</param>
    /// <param name="parameters">Scale and zero point of the layer's input.</param>
    /// <param name="scales">The scale of each output channel (or one for all), which grow.</param>
    /// <param name="growth">The most that a scale may grow by: then any activations fit.</param>
    /// <returns>The number of scales that grew.</returns>
    public static int MakeFit(SummedWeight layer, ValueRange[]? inputs, QuantizationParameters parameters, float[] scales, double growth)
    {
        var worst = WorstPairs(layer, Bounds(layer.Inputs, inputs, parameters));
        var grown = 0;
        for (var channel = 0; channel < scales.Length; channel++)
        {
            var sum = scales.Length == 1 ? worst.Max() : worst[channel];
            var factor = Math.Min(sum / scales[channel] / Limit, growth);
            if (factor <= 1)
                continue;
            scales[channel] = (float)(scales[channel] * factor);
            grown++;
        }

        return grown;
    }

    /// <summary>The least and greatest integer of each input channel; the zero point, which padding is filled with, is always among them.</summary>
    private static (int Least, int Greatest)[] Bounds(int channels, ValueRange[]? ranges, QuantizationParameters parameters)
    {
        var bounds = new (int Least, int Greatest)[channels];
        Array.Fill(bounds, (parameters.Format.Min, parameters.Format.Max));
        for (var i = 0; i < channels && ranges?.Length == channels; i++)
        {
            var integers = parameters.Quantize([(float)ranges[i].Min, (float)ranges[i].Max]);
            bounds[i] = (Math.Min(integers[0], parameters.ZeroPoint), Math.Max(integers[1], parameters.ZeroPoint));
        }

        return bounds;
    }

    /// <summary>For each output channel the greatest magnitude of a sum of two products, in units of the weights' real numbers.</summary>
    private static double[] WorstPairs(SummedWeight layer, (int Least, int Greatest)[] bounds)
    {
        var high = new (double First, double Second)[layer.Outputs];
        var low = new (double First, double Second)[layer.Outputs];
        var weights = layer.Weight.Span<float>();
        for (var i = 0; i < weights.Length; i++)
        {
            var (output, input) = layer.ChannelsOf(i);
            var (one, other) = (weights[i] * (double)bounds[input].Least, weights[i] * (double)bounds[input].Greatest);
            Insert(ref high[output], Math.Max(one, other));
            Insert(ref low[output], -Math.Min(one, other));
        }

        return [.. high.Zip(low, (above, below) => Math.Max(above.First + above.Second, below.First + below.Second))];
    }

    private static void Insert(ref (double First, double Second) greatest, double product)
    {
        if (product > greatest.First)
            greatest = (product, greatest.First);
        else if (product > greatest.Second)
            greatest.Second = product;
    }
}
