using System.Buffers.Binary;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>How integers of a tensor are read: real = (integer − <paramref name="ZeroPoint"/>) · <paramref name="Scale"/>.</summary>
public sealed record QuantizationParameters(float Scale, int ZeroPoint, IntegerFormat Format)
{
    /// <summary>A scale under this is taken for a tensor of zeros.</summary>
    private const double TinyScale = 1e-30;

    /// <summary>The parameters that cover a range.</summary>
    /// <remarks>
    /// The range is extended to hold 0, so that padding is exact, and then to the least width of the format. Asymmetric: s = (max − min) / (qmax − qmin), z = round(qmin − min/s), half to even;
    /// symmetric: s = max(|min|, |max|) / qmax, z = 0. Source: ONNX QuantizeLinear and the affine scheme of Jacob et al., 2018, arXiv:1712.05877.
    /// </remarks>
    public static QuantizationParameters Covering(ValueRange range, IntegerFormat format)
    {
        var min = Math.Min(range.Min, 0);
        var max = Math.Max(Math.Max(range.Max, 0), min + format.LeastWidth);
        var scale = format.IsSymmetric ? Math.Max(-min, max) / format.Max : (max - min) / (format.Max - format.Min);
        if (scale < TinyScale)
            return new(1, format.IsSymmetric ? 0 : format.Min, format);
        var zeroPoint = format.IsSymmetric ? 0 : Math.Round(format.Min - (min / scale), MidpointRounding.ToEven);
        return new((float)scale, (int)Math.Clamp(zeroPoint, format.Min, format.Max), format);
    }

    /// <summary>The real numbers that the integers reach.</summary>
    public ValueRange Range => new((Format.Min - ZeroPoint) * (double)Scale, (Format.Max - ZeroPoint) * (double)Scale);

    public Tensor ScaleTensor => Tensor.Scalar(Scale);

    public Tensor ZeroPointTensor => new(Format.Type, [], new ManagedTensorData(BytesOf(ZeroPoint)));

    /// <summary>The integers of <paramref name="values"/>, as bytes of the format's type, the lower byte first: rounded half to even, saturated.</summary>
    public byte[] Quantize(ReadOnlySpan<float> values)
    {
        var integers = new byte[values.Length * Format.Bytes];
        for (var i = 0; i < values.Length; i++)
        {
            var rounded = MathF.Round(values[i] / Scale, MidpointRounding.ToEven) + ZeroPoint;
            Write((int)Math.Clamp(rounded, Format.Min, Format.Max), integers.AsSpan(i * Format.Bytes));
        }

        return integers;
    }

    private byte[] BytesOf(int integer)
    {
        var bytes = new byte[Format.Bytes];
        Write(integer, bytes);
        return bytes;
    }

    private void Write(int integer, Span<byte> bytes)
    {
        if (Format.Bytes == sizeof(byte))
            bytes[0] = unchecked((byte)integer);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, unchecked((ushort)integer));
    }
}
