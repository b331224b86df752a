using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>Reads the indices of classes that a model gives itself.</summary>
internal static class IndexMap
{
    public static void Read<T>(ReadOnlySpan<T> values, Span<ushort> classes)
        where T : unmanaged
    {
        switch (default(T))
        {
            case long: Convert(MemoryMarshal.Cast<T, long>(values), classes); break;
            case int: Convert(MemoryMarshal.Cast<T, int>(values), classes); break;
            case byte or bool: Convert(MemoryMarshal.Cast<T, byte>(values), classes); break;
            case ulong: Convert(MemoryMarshal.Cast<T, ulong>(values), classes); break;
            case uint: Convert(MemoryMarshal.Cast<T, uint>(values), classes); break;
            case short: Convert(MemoryMarshal.Cast<T, short>(values), classes); break;
            case ushort: Convert(MemoryMarshal.Cast<T, ushort>(values), classes); break;
            case sbyte: Convert(MemoryMarshal.Cast<T, sbyte>(values), classes); break;
            case float: Convert(MemoryMarshal.Cast<T, float>(values), classes); break;
            default: throw new NotSupportedException($"Indices of classes are integers, bools or floats, and {typeof(T).Name} is none of them.");
        }
    }

    private static void Convert<T>(ReadOnlySpan<T> values, Span<ushort> classes)
        where T : INumber<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            var index = double.CreateChecked(values[i]);
            if (!(index >= 0 && index < SegmentationMask.Unseen) || index != Math.Floor(index))
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The model gave {values[i]} as the index of a class; they are whole numbers from 0 to {SegmentationMask.Unseen - 1}."));
            classes[i] = (ushort)index;
        }
    }
}
