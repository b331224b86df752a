using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModelCompiler.Contract;

namespace ModelCompiler.Graphs;

/// <summary>Reads a tensor's elements as another type, for code that does arithmetic on weights or reads small integer operands.</summary>
public static class TensorElements
{
    /// <summary>A copy of the elements as float32. For every numeric type of at least 8 bits.</summary>
    public static float[] ToFloats(this Tensor tensor)
    {
        var floats = new float[tensor.Count];
        switch (tensor.Type)
        {
            case ElementType.Float32: tensor.Span<float>().CopyTo(floats); break;
            case ElementType.Float16: TensorPrimitives.ConvertToSingle(tensor.Span<Half>(), floats); break;
            case ElementType.BFloat16: WidenBFloat16(tensor.Span<ushort>(), floats); break;
            case ElementType.Float64: TensorPrimitives.ConvertTruncating(tensor.Span<double>(), floats.AsSpan()); break;
            case ElementType.Int8: TensorPrimitives.ConvertTruncating(tensor.Span<sbyte>(), floats.AsSpan()); break;
            case ElementType.UInt8: TensorPrimitives.ConvertTruncating(tensor.Span<byte>(), floats.AsSpan()); break;
            case ElementType.Int16: TensorPrimitives.ConvertTruncating(tensor.Span<short>(), floats.AsSpan()); break;
            case ElementType.UInt16: TensorPrimitives.ConvertTruncating(tensor.Span<ushort>(), floats.AsSpan()); break;
            case ElementType.Int32: TensorPrimitives.ConvertTruncating(tensor.Span<int>(), floats.AsSpan()); break;
            case ElementType.UInt32: TensorPrimitives.ConvertTruncating(tensor.Span<uint>(), floats.AsSpan()); break;
            case ElementType.Int64: TensorPrimitives.ConvertTruncating(tensor.Span<long>(), floats.AsSpan()); break;
            case ElementType.UInt64: TensorPrimitives.ConvertTruncating(tensor.Span<ulong>(), floats.AsSpan()); break;
            default: throw new NotSupportedException($"A tensor of {tensor.Type} has no float form.");
        }

        return floats;
    }

    /// <summary>A copy of the elements as int64: for axes, pads, shapes and indices, which ONNX stores as int32 or int64.</summary>
    public static long[] ToLongs(this Tensor tensor) => tensor.Type switch
    {
        ElementType.Int64 => tensor.Span<long>().ToArray(),
        ElementType.Int32 => Array.ConvertAll(tensor.Span<int>().ToArray(), value => (long)value),
        _ => throw new NotSupportedException($"A tensor of {tensor.Type} does not hold integers of 32 or 64 bits."),
    };

    public static bool IsFloatingPoint(this ElementType type) =>
        type is ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16 or ElementType.Float64;

    private static void WidenBFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        var bits = MemoryMarshal.Cast<float, uint>(destination);
        for (var i = 0; i < source.Length; i++)
            bits[i] = (uint)source[i] << 16;
    }
}
