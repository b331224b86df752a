using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ModelCompiler;

/// <summary>Whether numbers are finite.</summary>
internal static class FiniteValues
{
    /// <summary>True too for types that have no other values.</summary>
    public static bool Are(TensorElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        TensorElementType.Float => Are(MemoryMarshal.Cast<byte, float>(bytes)),
        TensorElementType.Double => Are(MemoryMarshal.Cast<byte, double>(bytes)),
        TensorElementType.Float16 => Are(MemoryMarshal.Cast<byte, Half>(bytes)),
        _ => true,
    };

    // Infinity and NaN survive a sum, which is fast; a sum that overflowed asks for a closer look.
    private static bool Are(ReadOnlySpan<float> values)
    {
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)))
            return true;
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }

    private static bool Are(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }

        return true;
    }

    private static bool Are(ReadOnlySpan<Half> values)
    {
        foreach (var value in values)
        {
            if (!Half.IsFinite(value))
                return false;
        }

        return true;
    }
}
