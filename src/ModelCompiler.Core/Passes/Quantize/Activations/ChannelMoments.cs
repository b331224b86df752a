using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>The mean of each channel, and of its square, over all samples and positions.</summary>
/// <param name="axis">The axis of the channels; negative counts from the last.</param>
internal sealed class ChannelMoments(int axis) : IActivationObserver
{
    private double[] _sums = [];
    private double[] _squares = [];
    private long _count;
    private bool _unusable;

    /// <summary>Null where nothing was observed, where the number of channels is not always the same, or where a mean is not finite.</summary>
    public Moments? Result =>
        _unusable || _count == 0 || !_squares.All(double.IsFinite)
            ? null
            : new(Array.ConvertAll(_sums, sum => sum / _count), Array.ConvertAll(_squares, sum => sum / _count));

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
            (_sums, _squares) = (new double[layout.Channels], new double[layout.Channels]);
        _unusable |= _sums.Length != layout.Channels;
        if (_unusable)
            return;
        Add(sample.Span<float>(), layout);
        _count += layout.Outer * (long)layout.Inner;
    }

    private void Add(ReadOnlySpan<float> floats, ChannelLayout layout)
    {
        for (var outer = 0; outer < layout.Outer; outer++)
        {
            for (var channel = 0; channel < layout.Channels; channel++)
            {
                var values = floats.Slice(layout.Start(outer, channel), layout.Inner);
                _sums[channel] += TensorPrimitives.Sum(values);
                _squares[channel] += TensorPrimitives.SumOfSquares(values);
            }
        }
    }
}

/// <summary>E[x] and E[x²] of each channel.</summary>
internal sealed record Moments(double[] Means, double[] MeanSquares);
