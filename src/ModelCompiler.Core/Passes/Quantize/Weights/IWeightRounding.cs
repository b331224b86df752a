using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Turns the floats of a weight into integers once the range of each channel is known: the place for rounding that looks at data.</summary>
internal interface IWeightRounding
{
    /// <param name="weight">The float32 weight.</param>
    /// <param name="layout">Its channels.</param>
    /// <param name="scales">One scale for each channel.</param>
    /// <param name="format">The integers to use; symmetric.</param>
    sbyte[] Round(Tensor weight, ChannelLayout layout, ReadOnlySpan<float> scales, IntegerFormat format);
}

/// <summary>Each weight to the nearest integer, half to even.</summary>
internal sealed class RoundToNearest : IWeightRounding
{
    public sbyte[] Round(Tensor weight, ChannelLayout layout, ReadOnlySpan<float> scales, IntegerFormat format)
    {
        var floats = weight.Span<float>();
        var integers = new sbyte[floats.Length];
        for (var outer = 0; outer < layout.Outer; outer++)
        {
            for (var channel = 0; channel < layout.Channels; channel++)
            {
                var start = layout.Start(outer, channel);
                for (var i = start; i < start + layout.Inner; i++)
                    integers[i] = (sbyte)Math.Clamp(MathF.Round(floats[i] / scales[channel], MidpointRounding.ToEven), format.Min, format.Max);
            }
        }

        return integers;
    }
}
