namespace ModelCompiler.Passes;

/// <summary>
/// x64 processors without VNNI multiply unsigned activations by signed weights and add the products two by two in 16 bits, which saturate.
/// Where a layer's activations, as calibration saw them, could get there, the scale of that output channel grows until they cannot, and the integers
/// that its weights may become are limited so that they cannot either way of rounding.
/// </summary>
/// <remarks>
/// Which two products meet depends on the kernel, so that any two of a channel must fit. A weight of 7 bits always does: 255·64·2 &lt; 2¹⁵.
/// Source: the VPMADDUBSW instruction in the Intel 64 and IA-32 manual, volume 2.
/// </remarks>
internal sealed class PairSums
{
    /// <summary>What fits, less the rounding of two weights to the next integer.</summary>
    private const double LimitBeforeRounding = short.MaxValue - (2 * 0.5 * byte.MaxValue);

    private readonly SummedWeight _layer;
    private readonly (int Least, int Greatest)[] _inputs;

    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The range of each input channel in calibration; null where it is not known.</param>
    /// <param name="parameters">Scale and zero point of the layer's input.</param>
    public PairSums(SummedWeight layer, ValueRange[]? inputs, QuantizationParameters parameters)
    {
        _layer = layer;
        _inputs = Bounds(layer.Inputs, inputs, parameters);
    }

    /// <summary>The greatest magnitude of a sum of two products, in units of the weights' numbers.</summary>
    public double Greatest => WorstPairs().Max();

    /// <param name="scales">The scale of each output channel (or one for all), which grow.</param>
    /// <param name="growth">The most that a scale may grow by: then any activations fit.</param>
    /// <returns>The number of scales that grew.</returns>
    public int MakeFit(float[] scales, double growth)
    {
        var worst = WorstPairs();
        var grown = 0;
        for (var channel = 0; channel < scales.Length; channel++)
        {
            var sum = scales.Length == 1 ? worst.Max() : worst[channel];
            var factor = Math.Min(sum / scales[channel] / LimitBeforeRounding, growth);
            if (factor <= 1)
                continue;
            scales[channel] = (float)(scales[channel] * factor);
            grown++;
        }

        return grown;
    }

    /// <summary>
    /// The integers that weights may become: of each sign, the greatest product may stay as it is to nearest (less half of what the two greatest
    /// are too much, and at least half of what fits), and every other one has what is left beside it.
    /// </summary>
    /// <param name="channel">The output channel.</param>
    /// <param name="weights">In steps of its scale.</param>
    /// <param name="format">The integers of the kernel.</param>
    public IntegerLimits LimitsOf(WeightChannel channel, double[] weights, IntegerFormat format)
    {
        var limits = IntegerLimits.Of(weights.Length, format);
        var factors = new int[weights.Length];
        for (var i = 0; i < factors.Length; i++)
            factors[i] = _inputs[_layer.ChannelsOf(channel.Place(i)).Input].Greatest;
        Limit(limits.Greatest, limits, weights, factors, 1);
        Limit(limits.Least, limits, weights, factors, -1);
        return limits;
    }

    private static void Limit(double[] ends, IntegerLimits limits, double[] weights, int[] factors, int sign)
    {
        var (greatest, first, second) = (-1, 0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            var product = sign * limits.Nearest(i, weights[i]) * factors[i];
            if (product > first)
                (greatest, first, second) = (i, product, first);
            else if (product > second)
                second = product;
        }

        var excess = Math.Max(0, first + second - short.MaxValue);
        var most = Math.Max(first - (excess / 2), (short.MaxValue + 1) / 2);
        for (var i = 0; i < ends.Length; i++)
        {
            if (factors[i] > 0)
                ends[i] = sign * Math.Min(sign * ends[i], Math.Floor((i == greatest ? most : short.MaxValue - most) / factors[i]));
        }
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
    private double[] WorstPairs()
    {
        var high = new (double First, double Second)[_layer.Outputs];
        var low = new (double First, double Second)[_layer.Outputs];
        var weights = _layer.Weight.Span<float>();
        for (var i = 0; i < weights.Length; i++)
        {
            var (output, input) = _layer.ChannelsOf(i);
            var (one, other) = (weights[i] * (double)_inputs[input].Least, weights[i] * (double)_inputs[input].Greatest);
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
