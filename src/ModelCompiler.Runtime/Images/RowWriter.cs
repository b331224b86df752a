using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>Turns rows of resized channels into the tensor's values: the colours that the model wants, then scale, mean and std.</summary>
internal readonly struct RowWriter
{
    private readonly int _channels;
    private readonly ColorMatrix _matrix;
    private readonly Vector128<float> _gain;
    private readonly Vector128<float> _bias;

    public RowWriter(ImagePreprocessing preprocessing, ColorMatrix matrix)
    {
        _channels = preprocessing.ChannelCount;
        _matrix = matrix;
        for (var channel = 0; channel < _channels; channel++)
        {
            var (gain, bias) = preprocessing.Affine(channel);
            _gain = _gain.WithElement(channel, gain);
            _bias = _bias.WithElement(channel, bias);
        }
    }

    /// <summary>Writes one row.</summary>
    /// <param name="values">Rows of the source's channels, one or three, each as long as <paramref name="row"/>.</param>
    /// <param name="row">Memory to compute in, a multiple of a vector in length.</param>
    /// <param name="count">Values of the row.</param>
    /// <param name="destination">The tensor.</param>
    /// <param name="target">Where in it the row goes.</param>
    public void Write(ReadOnlySpan<float> values, Span<float> row, int count, Span<float> destination, TensorRow target)
    {
        for (var channel = 0; channel < _channels; channel++)
        {
            var weights = channel switch { 0 => _matrix.First, 1 => _matrix.Second, _ => _matrix.Third };
            if (values.Length == row.Length)
                FromOne(values, weights, _gain[channel], _bias[channel], row);
            else
                FromThree(values, weights, _gain[channel], _bias[channel], row);
            Store(row[..count], destination, target.Start + (channel * target.ChannelStep), target.ColumnStep);
        }
    }

    private static void FromOne(ReadOnlySpan<float> values, Vector128<float> weights, float gain, float bias, Span<float> row)
    {
        ref var first = ref MemoryMarshal.GetReference(values[..row.Length]);
        ref var target = ref MemoryMarshal.GetReference(row);
        for (nuint x = 0; x < (nuint)row.Length; x += (nuint)Vector<float>.Count)
        {
            var sum = (Vector.LoadUnsafe(ref first, x) * weights[0]) + new Vector<float>(weights[3]);
            Normalised(sum, gain, bias).StoreUnsafe(ref target, x);
        }
    }

    private static void FromThree(ReadOnlySpan<float> values, Vector128<float> weights, float gain, float bias, Span<float> row)
    {
        ref var first = ref MemoryMarshal.GetReference(values[..row.Length]);
        ref var second = ref MemoryMarshal.GetReference(values.Slice(row.Length, row.Length));
        ref var third = ref MemoryMarshal.GetReference(values.Slice(2 * row.Length, row.Length));
        ref var target = ref MemoryMarshal.GetReference(row);
        for (nuint x = 0; x < (nuint)row.Length; x += (nuint)Vector<float>.Count)
        {
            var sum = (Vector.LoadUnsafe(ref first, x) * weights[0]) + (Vector.LoadUnsafe(ref second, x) * weights[1])
                + (Vector.LoadUnsafe(ref third, x) * weights[2]) + new Vector<float>(weights[3]);
            Normalised(sum, gain, bias).StoreUnsafe(ref target, x);
        }
    }

    /// <summary>YUV can name colours outside of red, green and blue, which a model never saw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Normalised(Vector<float> value, float gain, float bias) =>
        (Vector.Min(Vector.Max(value, Vector<float>.Zero), new Vector<float>(byte.MaxValue)) * gain) + new Vector<float>(bias);

    private static void Store(ReadOnlySpan<float> row, Span<float> destination, int start, int step)
    {
        if (step == 1)
        {
            row.CopyTo(destination[start..]);
            return;
        }

        for (var x = 0; x < row.Length; x++)
            destination[start + (x * step)] = row[x];
    }
}

/// <summary>Where one row of pixels lies in a tensor.</summary>
/// <param name="Start">Its first pixel's first channel.</param>
/// <param name="ColumnStep">Values from one pixel to the next.</param>
/// <param name="ChannelStep">Values from one channel to the next.</param>
internal readonly record struct TensorRow(int Start, int ColumnStep, int ChannelStep);
