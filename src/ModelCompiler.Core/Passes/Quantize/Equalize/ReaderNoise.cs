using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>Predicts what integers do to the output of a layer whose input channels are divided by scales, and its weights multiplied by them.</summary>
/// <remarks>
/// Noise ÷ signal = [Δ²/12 · Σ_c s_c²·‖W_·c‖² + ½ · Σ_o Δ_o²/12 · Σ_c k·Var[x_c]/s_c²] ÷ E[‖y‖²]. Δ is the step of the activations, which are so many that they cover the widest channel;
/// Δ_o that of the weights of an output channel, whose sums of two products must fit into 16 bits where that is asked; k elements of a kernel. Rounding with error
/// feedback leaves about half of the weights' noise, and biases take its mean back.
/// </remarks>
internal sealed class ReaderNoise
{
    private const double LeftByErrorFeedback = 0.5;

    private readonly SummedWeight _layer;
    private readonly int[] _places;
    private readonly ValueRange[] _ranges;
    private readonly double[] _variances;
    private readonly double _signal;
    private readonly IntegerSteps _steps;
    private readonly double[] _squares;
    private readonly float[] _greatest;
    private readonly double[] _pairs;

    /// <param name="layer">The reader.</param>
    /// <param name="places">The place of the scale of each input channel.</param>
    /// <param name="ranges">Of each input channel.</param>
    /// <param name="input">Of each input channel.</param>
    /// <param name="signal">E[‖y‖²] of its output, over all channels.</param>
    /// <param name="steps">Of its weights.</param>
    public ReaderNoise(SummedWeight layer, int[] places, ValueRange[] ranges, Moments input, double signal, IntegerSteps steps)
    {
        (_layer, _places, _signal, _steps) = (layer, places, signal, steps);
        _ranges = Array.ConvertAll(ranges, range => range.Union(new(0, 0)));
        _variances = [.. input.MeanSquares.Zip(input.Means, (square, mean) => Math.Max(0, square - (mean * mean)))];
        (_squares, _greatest) = (new double[layer.Inputs], new float[layer.Outputs * layer.Inputs]);
        _pairs = LookAtWeights();
    }

    /// <summary>Raises the extents of the channels to what is seen here.</summary>
    public void Tell(ChannelExtents extents)
    {
        var widest = _ranges.Max(WidthOf);
        var weights = new float[_places.Length];
        for (var i = 0; i < _greatest.Length; i++)
            weights[i % weights.Length] = Math.Max(weights[i % weights.Length], _greatest[i]);
        var heaviest = weights.Max();
        for (var channel = 0; channel < _places.Length; channel++)
        {
            if (_places[channel] is ScaleSite.Fixed)
                continue;
            var place = _places[channel];
            extents.Ranges[place] = Math.Max(extents.Ranges[place], widest > 0 ? WidthOf(_ranges[channel]) / widest : 0);
            extents.Weights[place] = Math.Max(extents.Weights[place], heaviest > 0 ? weights[channel] / heaviest : 0);
        }
    }

    /// <summary>Noise ÷ signal with these scales of the site.</summary>
    public double With(double[] scales)
    {
        var s = ScaleSite.At(_places, scales);
        var (low, high, gain) = (0.0, 0.0, 0.0);
        for (var channel = 0; channel < s.Length; channel++)
        {
            low = Math.Min(low, _ranges[channel].Min / s[channel]);
            high = Math.Max(high, _ranges[channel].Max / s[channel]);
            gain += s[channel] * s[channel] * _squares[channel];
        }

        var step = (high - low) / _steps.OfActivations;
        return step == 0 || _signal == 0 ? 0 : ((step * step * gain) + (LeftByErrorFeedback * OfWeights(s, step))) / (12 * _signal);
    }

    /// <summary>Σ_o Δ_o² · Σ_c k·Var[x_c]/s_c²</summary>
    private double OfWeights(double[] s, double step)
    {
        var (inputs, outputs) = (s.Length / Groups, _layer.Outputs / Groups);
        var kernel = (double)_layer.Weight.Count / _layer.Outputs / inputs;
        var factors = Array.ConvertAll(s, scale => (float)scale);
        var (sum, products) = (0.0, new float[inputs]);
        for (var group = 0; group < Groups; group++)
        {
            var (from, power, squares) = (group * inputs, 0.0, 0.0);
            for (var channel = from; channel < from + inputs; channel++)
                power += _variances[channel] / (s[channel] * s[channel]);
            for (var output = group * outputs; output < (group + 1) * outputs; output++)
            {
                TensorPrimitives.Multiply(_greatest.AsSpan((output * s.Length) + from, inputs), factors.AsSpan(from, inputs), products);
                squares += Math.Pow(StepOf(output, TensorPrimitives.Max<float>(products), step), 2);
            }

            sum += squares * kernel * power;
        }

        return sum;
    }

    /// <summary>Δ_o, given the greatest weight and the step of the activations.</summary>
    private double StepOf(int output, double greatest, double step) =>
        Math.Clamp(_pairs[output] / step / short.MaxValue, greatest * _steps.Finest, greatest * _steps.Coarsest);

    /// <summary>Fills in what is known of each column, and finds for each output channel the two greatest |w|·range: scales do not change them.</summary>
    private double[] LookAtWeights()
    {
        var (first, second) = (new double[_layer.Outputs], new double[_layer.Outputs]);
        var weights = _layer.Weight.Span<float>();
        for (var i = 0; i < weights.Length; i++)
        {
            var (output, input) = _layer.ChannelsOf(i);
            ref var greatest = ref _greatest[(output * _places.Length) + input];
            greatest = Math.Max(greatest, Math.Abs(weights[i]));
            _squares[input] += (double)weights[i] * weights[i];
            var product = Math.Abs(weights[i]) * WidthOf(_ranges[input]);
            (first[output], second[output]) = product > first[output] ? (product, first[output]) : (first[output], Math.Max(second[output], product));
        }

        return [.. first.Zip(second, (one, other) => one + other)];
    }

    private int Groups => _layer.Node.Is("Conv") ? (int)_layer.Node.GetInt("group", 1) : 1;

    private static double WidthOf(ValueRange range) => range.Max - range.Min;
}
