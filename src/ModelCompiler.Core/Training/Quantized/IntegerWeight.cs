using System.Buffers.Binary;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Training.Quantized;

/// <summary>A weight that is stored in integers, w = (q − z)·s: by a DequantizeLinear, or by a Cast and a Mul.</summary>
/// <param name="Floats">What the integers stand for.</param>
/// <param name="Reader">The node that reads the integers.</param>
/// <param name="Scaler">The node that reads the scales.</param>
/// <param name="Layout">Where the elements of each scale are.</param>
/// <param name="SpreadDims">Of the scales, to be broadcast to the weight.</param>
internal sealed record IntegerWeight(Value Floats, Node Reader, Node Scaler, ChannelLayout Layout, long[] SpreadDims)
{
    public Tensor Integers => Reader.Inputs[0]!.Constant!;

    public Tensor Scale => Scaler.Inputs[1]!.Constant!;

    private Tensor? ZeroPoint => Scaler.Is("DequantizeLinear") ? Scaler.Input(2)?.Constant : null;

    /// <summary>The weight behind a value; null where that is something else.</summary>
    public static IntegerWeight? Behind(Value? value)
    {
        if (value is not { Producer: { } scaler, IsGraphOutput: false } || scaler.Input(1)?.Constant is not { Type: ElementType.Float32 } scale)
            return null;
        var reader = scaler.Is("DequantizeLinear") ? scaler : scaler.Is("Mul") && scaler.Inputs[0]?.Producer is { } cast && cast.Is("Cast") ? cast : null;
        if (reader?.Inputs[0]?.Constant is not { Type: ElementType.Int8 or ElementType.UInt8 or ElementType.Int16 or ElementType.UInt16 } integers)
            return null;
        if (reader == scaler && (scaler.GetInt("block_size", 0) != 0 || scaler.Input(2) is { Constant: null }))
            return null;
        long[] spread = scale.Count == 1 ? [] : reader == scaler ? Spread(integers.Dims, scaler.GetInt("axis", 1)) : scale.Dims.ToArray();
        var axis = Array.FindIndex(spread, size => size != 1);
        if (scale.Count > 1 && (spread.Length != integers.Rank || spread[axis] != scale.Count || integers.Dims[axis] != scale.Count))
            return null;
        return new(value, reader, scaler, axis < 0 ? ChannelLayout.Whole(integers.Count) : ChannelLayout.Of(integers.Dims, axis), spread);
    }

    /// <summary>The ends of the integers' type, in steps from every zero point.</summary>
    public (float Least, float Greatest) Reach
    {
        get
        {
            var (least, greatest) = Integers.Type switch
            {
                ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
                ElementType.UInt8 => (byte.MinValue, byte.MaxValue),
                ElementType.Int16 => (short.MinValue, short.MaxValue),
                _ => ((int)ushort.MinValue, (int)ushort.MaxValue),
            };
            var zeroPoints = ZeroPoint?.ToFloats() ?? [0];
            return (least - zeroPoints.Min(), greatest - zeroPoints.Max());
        }
    }

    /// <summary>q − z.</summary>
    public float[] Steps()
    {
        var steps = Integers.ToFloats();
        if (ZeroPoint?.ToFloats() is { } zeroPoints)
            ForEachChannel((channel, i) => steps[i] -= zeroPoints[zeroPoints.Length == 1 ? 0 : channel]);
        return steps;
    }

    /// <summary>(q − z)·s, in the arithmetic of the operators.</summary>
    public Tensor ToFloats()
    {
        var (numbers, scales) = (Steps(), Scale.ToFloats());
        ForEachChannel((channel, i) => numbers[i] *= scales[channel]);
        return Tensor.Of(numbers, Integers.Dims);
    }

    /// <summary>The integers nearest to other numbers, within limits.</summary>
    public Tensor Rounded(Tensor numbers, float[] scales, WeightLimits limits)
    {
        var (steps, zeroPoints) = (numbers.ToFloats(), ZeroPoint?.ToFloats() ?? [0]);
        ForEachChannel((channel, i) => steps[i] = limits.Nearest(i, steps[i] / scales[channel]) + zeroPoints[zeroPoints.Length == 1 ? 0 : channel]);
        var bits = Integers.Type.BitWidth();
        var bytes = new byte[steps.Length * bits / 8];
        for (var i = 0; i < steps.Length; i++)
        {
            if (bits == 8)
                bytes[i] = unchecked((byte)(int)steps[i]);
            else
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), unchecked((short)(int)steps[i]));
        }

        return new Tensor(Integers.Type, Integers.Dims, new ManagedTensorData(bytes)) { ExternalFile = Integers.ExternalFile };
    }

    private void ForEachChannel(Action<int, int> visit)
    {
        for (var outer = 0; outer < Layout.Outer; outer++)
        {
            for (var channel = 0; channel < Layout.Channels; channel++)
            {
                var start = Layout.Start(outer, channel);
                for (var i = start; i < start + Layout.Inner; i++)
                    visit(channel, i);
            }
        }
    }

    private static long[] Spread(ReadOnlySpan<long> dims, long axis)
    {
        var spread = new long[dims.Length];
        Array.Fill(spread, 1);
        var place = (int)(axis < 0 ? axis + dims.Length : axis);
        spread[place] = dims[place];
        return spread;
    }
}
