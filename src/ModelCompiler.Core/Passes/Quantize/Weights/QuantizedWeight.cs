using System.Runtime.InteropServices;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A weight as integers with one scale for each channel (or one for all); the zero points are 0.</summary>
internal sealed record QuantizedWeight(Tensor Source, ChannelLayout Layout, sbyte[] Integers, float[] Scales)
{
    /// <summary>The integers as a tensor, in the external file of the weight where that had one.</summary>
    public Tensor IntegerTensor => new(ElementType.Int8, Source.Dims, new ManagedTensorData(MemoryMarshal.AsBytes(Integers.AsSpan()).ToArray()))
    {
        ExternalFile = Source.ExternalFile,
    };

    /// <summary>What the integers stand for.</summary>
    public float[] ToFloats()
    {
        var floats = new float[Integers.Length];
        for (var outer = 0; outer < Layout.Outer; outer++)
        {
            for (var channel = 0; channel < Layout.Channels; channel++)
            {
                var start = Layout.Start(outer, channel);
                for (var i = start; i < start + Layout.Inner; i++)
                    floats[i] = Integers[i] * Scales[channel];
            }
        }

        return floats;
    }
}
