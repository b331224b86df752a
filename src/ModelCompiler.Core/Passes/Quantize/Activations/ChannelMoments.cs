using System.Globalization;
using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>The mean of each channel, and of its square, over all samples and positions.</summary>
/// <param name="axis">The axis of the channels; negative counts from the last.</param>
internal sealed class ChannelMoments(int axis) : IStoredObserver
{
    private double[] _sums = [];
    private double[] _squares = [];
    private double[] _squaresOfMeans = [];
    private long _count;
    private int _samples;
    private bool _unusable;

    /// <summary>Null where nothing was observed, where the number of channels is not always the same, or where a mean is not finite.</summary>
    public Moments? Result =>
        _unusable || _count == 0 || !_squares.All(double.IsFinite)
            ? null
            : new(Array.ConvertAll(_sums, sum => sum / _count), Array.ConvertAll(_squares, sum => sum / _count), Uncertainties());

    public void Observe(Tensor sample)
    {
        if (sample.Count == 0)
            return;
        if (sample.Rank < Math.Max(axis + 1, -axis))
        {
            _unusable = true;
            return;
        }

        var layout = ChannelLayout.Of(sample.Dims, axis < 0 ? axis + sample.Rank : axis);
        if (_count == 0)
            (_sums, _squares, _squaresOfMeans) = (new double[layout.Channels], new double[layout.Channels], new double[layout.Channels]);
        _unusable |= _sums.Length != layout.Channels;
        if (_unusable)
            return;
        Add(sample.Span<float>(), layout);
        _count += layout.Outer * (long)layout.Inner;
        _samples++;
    }

    public string Kind => string.Create(CultureInfo.InvariantCulture, $"moments along {axis}");

    public void Save(BinaryWriter writer)
    {
        writer.Write(_unusable);
        writer.Write(_count);
        writer.Write(_samples);
        foreach (var numbers in new[] { _sums, _squares, _squaresOfMeans })
            writer.WriteDoubles(numbers);
    }

    public void Load(BinaryReader reader)
    {
        (_unusable, _count, _samples) = (reader.ReadBoolean(), reader.ReadInt64(), reader.ReadInt32());
        (_sums, _squares, _squaresOfMeans) = (reader.ReadDoubles(), reader.ReadDoubles(), reader.ReadDoubles());
    }

    private void Add(ReadOnlySpan<float> floats, ChannelLayout layout)
    {
        for (var channel = 0; channel < layout.Channels; channel++)
        {
            var sum = 0.0;
            for (var outer = 0; outer < layout.Outer; outer++)
            {
                var values = floats.Slice(layout.Start(outer, channel), layout.Inner);
                sum += TensorPrimitives.Sum(values);
                _squares[channel] += TensorPrimitives.SumOfSquares(values);
            }

            _sums[channel] += sum;
            _squaresOfMeans[channel] += Math.Pow(sum / (layout.Outer * (double)layout.Inner), 2);
        }
    }

    /// <summary>The variance of the mean of means, which is that of the single ones divided by their number; unknown, and taken for 0, of one sample.</summary>
    private double[] Uncertainties()
    {
        var uncertainties = new double[_sums.Length];
        for (var channel = 0; _samples > 1 && channel < uncertainties.Length; channel++)
            uncertainties[channel] = Math.Max(0, (_squaresOfMeans[channel] / _samples) - Math.Pow(_sums[channel] / _count, 2)) / (_samples - 1);
        return uncertainties;
    }
}

/// <summary>E[x] and E[x²] of each channel, and the square of how uncertain E[x] is, from how much it differs between samples.</summary>
internal sealed record Moments(double[] Means, double[] MeanSquares, double[] Uncertainties)
{
    /// <summary>
    /// The means that other samples can be expected to have: m·max(0, 1 − u/m²). A mean that is small beside its uncertainty says nothing, and counts
    /// as 0 (positive-part shrinkage; James and Stein 1961).
    /// </summary>
    public double[] ExpectedMeans
    {
        get
        {
            var means = Means.ToArray();
            for (var channel = 0; channel < means.Length; channel++)
                means[channel] = Uncertainties[channel] < means[channel] * means[channel] ? means[channel] - (Uncertainties[channel] / means[channel]) : 0;
            return means;
        }
    }
}
