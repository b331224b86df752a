using System.Runtime.InteropServices;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A weight as integers with one scale for each channel (or one for all), symmetric around 0.</summary>
internal sealed record QuantizedWeight(Tensor Source, ChannelLayout Layout, sbyte[] Integers, float[] Scales)
{
    private const int UnsignedZeroPoint = 128;

    /// <summary>The integers as a tensor, in the external file of the weight where that had one.</summary>
    public Tensor IntegerTensor => new(ElementType.Int8, Source.Dims, new ManagedTensorData(MemoryMarshal.AsBytes(Integers.AsSpan()).ToArray()))
    {
        ExternalFile = Source.ExternalFile,
    };

    /// <summary>The integers in a type of 8 bits: signed as they are, unsigned moved up by 128.</summary>
    public Tensor TensorOf(ElementType type) => type == ElementType.Int8
        ? IntegerTensor
        : new(type, Source.Dims, new ManagedTensorData(Array.ConvertAll(Integers, integer => (byte)(integer + UnsignedZeroPoint)))) { ExternalFile = Source.ExternalFile };

    /// <summary>One for each scale.</summary>
    public Tensor ZeroPointsOf(ElementType type)
    {
        var bytes = new byte[Scales.Length];
        if (type == ElementType.UInt8)
            Array.Fill(bytes, (byte)UnsignedZeroPoint);
        return new(type, Scales.Length > 1 ? [Scales.Length] : [], new ManagedTensorData(bytes));
    }

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
