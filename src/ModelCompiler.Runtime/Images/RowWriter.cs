using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>Turns one vertically blended row into tensor values: the horizontal half of the filter, the colour order and the normalisation.</summary>
internal readonly struct RowWriter
{
    private readonly PixelFormat _format;
    private readonly bool _toGray;
    private readonly Vector128<float> _gain;
    private readonly Vector128<float> _bias;

    /// <summary>Gain and bias are kept in the source's byte order, so that a pixel needs no shuffle before it is stored.</summary>
    public RowWriter(ImagePreprocessing preprocessing, PixelFormat format)
    {
        _format = format;
        _toGray = preprocessing.Channels == ChannelOrder.Gray;
        for (var lane = 0; lane < 3; lane++)
        {
            var (gain, bias) = preprocessing.Affine(_toGray ? 0 : Channel(lane, format, preprocessing.Channels));
            _gain = _gain.WithElement(lane, _toGray ? gain * Luminance(lane, format) : gain);
            _bias = _bias.WithElement(lane, bias);
        }

        SwapsRedAndBlue = Channel(0, format, preprocessing.Channels) != 0;
    }

    /// <summary>Whether the source's first byte belongs to the tensor's last channel.</summary>
    private bool SwapsRedAndBlue { get; }

    /// <summary>Writes one row of the tensor.</summary>
    /// <param name="row">The blended row from <see cref="FilterTaps.Start"/> on, with three spare values at its end.</param>
    /// <param name="columns">The horizontal taps.</param>
    /// <param name="destination">The tensor from the row's first value on.</param>
    /// <param name="pixelStep">Values from one pixel to the next.</param>
    /// <param name="channelStep">Values from one channel to the next.</param>
    public void Write(ReadOnlySpan<float> row, FilterTaps columns, Span<float> destination, int pixelStep, int channelStep)
    {
        if (_format == PixelFormat.Gray)
            FromGray(row, columns, destination, pixelStep, channelStep);
        else if (_toGray)
            FromColorToGray(row, columns, destination, pixelStep);
        else
            FromColor(row, columns, destination, pixelStep, channelStep);
    }

    private void FromGray(ReadOnlySpan<float> row, FilterTaps columns, Span<float> destination, int pixelStep, int channelStep)
    {
        var channels = _toGray ? 1 : 3;
        for (var x = 0; x < columns.Count; x++)
        {
            var weights = columns.Weights(x);
            var value = TensorPrimitives.Dot(row.Slice(columns.First(x) - columns.Start, weights.Length), weights);
            for (var channel = 0; channel < channels; channel++)
                destination[(x * pixelStep) + (channel * channelStep)] = (value * _gain[channel]) + _bias[channel];
        }
    }

    private void FromColorToGray(ReadOnlySpan<float> row, FilterTaps columns, Span<float> destination, int pixelStep)
    {
        var bytesPerPixel = BytesPerPixel;
        var bias = _bias[0];
        for (var x = 0; x < columns.Count; x++)
        {
            var pixel = Blend(row[((columns.First(x) - columns.Start) * bytesPerPixel)..], bytesPerPixel, columns.Weights(x));
            destination[x * pixelStep] = Vector128.Dot(pixel, _gain) + bias;
        }
    }

    private void FromColor(ReadOnlySpan<float> row, FilterTaps columns, Span<float> destination, int pixelStep, int channelStep)
    {
        var bytesPerPixel = BytesPerPixel;
        var (first, last) = SwapsRedAndBlue ? (2 * channelStep, 0) : (0, 2 * channelStep);
        for (var x = 0; x < columns.Count; x++)
        {
            var pixel = Blend(row[((columns.First(x) - columns.Start) * bytesPerPixel)..], bytesPerPixel, columns.Weights(x));
            pixel = (pixel * _gain) + _bias;
            var target = x * pixelStep;
            destination[target + first] = pixel[0];
            destination[target + channelStep] = pixel[1];
            destination[target + last] = pixel[2];
        }
    }

    private int BytesPerPixel => _format is PixelFormat.Rgb or PixelFormat.Bgr ? 3 : 4;

    /// <summary>Four values are loaded for each pixel whatever its size; the fourth lane is never stored.</summary>
    private static Vector128<float> Blend(ReadOnlySpan<float> pixels, int bytesPerPixel, ReadOnlySpan<float> weights)
    {
        ref var origin = ref MemoryMarshal.GetReference(pixels[..(((weights.Length - 1) * bytesPerPixel) + Vector128<float>.Count)]);
        var sum = Vector128<float>.Zero;
        for (var k = 0; k < weights.Length; k++)
            sum += Vector128.LoadUnsafe(ref origin, (nuint)(k * bytesPerPixel)) * weights[k];
        return sum;
    }

    private static int Channel(int lane, PixelFormat format, ChannelOrder order)
    {
        var sameEnds = format is PixelFormat.Gray || format is PixelFormat.Bgr or PixelFormat.Bgra == (order == ChannelOrder.Bgr);
        return sameEnds ? lane : 2 - lane;
    }

    // ITU-R BT.601; a gray source is its own luminance.
    private static float Luminance(int lane, PixelFormat format) => (format, lane) switch
    {
        (PixelFormat.Gray, _) => 1,
        (_, 1) => 0.587f,
        (PixelFormat.Rgb or PixelFormat.Rgba, 0) or (PixelFormat.Bgr or PixelFormat.Bgra, 2) => 0.299f,
        _ => 0.114f,
    };
}
