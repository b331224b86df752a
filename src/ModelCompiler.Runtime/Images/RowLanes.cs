using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>Lays rows of narrow pixels beside each other, so that every pixel has four values: one of four rows, or two of two.</summary>
internal static class RowLanes
{
    /// <summary>Values that a row may be read, and the lanes be written, past its end.</summary>
    public const int Spare = 8;

    /// <param name="rows">Four rows, <paramref name="pitch"/> values apart.</param>
    /// <param name="pitch">Values from one row to the next, with <see cref="Spare"/> at the end.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="lanes">Receives four values for each value of a row, in multiples of 32.</param>
    public static void FromFour(ReadOnlySpan<ushort> rows, int pitch, int length, Span<ushort> lanes)
    {
        for (var x = 0; x < length; x += Vector128<ushort>.Count)
        {
            var (low01, high01) = Interleave.Pairs(Load(rows, x), Load(rows, pitch + x));
            var (low23, high23) = Interleave.Pairs(Load(rows, (2 * pitch) + x), Load(rows, (3 * pitch) + x));
            var (first, second) = Interleave.Pairs(low01.AsUInt32(), low23.AsUInt32());
            var (third, fourth) = Interleave.Pairs(high01.AsUInt32(), high23.AsUInt32());
            var target = MemoryMarshal.Cast<ushort, Vector128<uint>>(lanes.Slice(4 * x, 4 * Vector128<ushort>.Count));
            target[0] = first;
            target[1] = second;
            target[2] = third;
            target[3] = fourth;
        }
    }

    /// <param name="rows">Two rows of pixels of two values, <paramref name="pitch"/> values apart.</param>
    /// <param name="pitch">Values from one row to the next, with <see cref="Spare"/> at the end.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="lanes">Receives two values for each value of a row, in multiples of 16.</param>
    public static void FromTwo(ReadOnlySpan<ushort> rows, int pitch, int length, Span<ushort> lanes)
    {
        for (var x = 0; x < length; x += Vector128<ushort>.Count)
        {
            var (low, high) = Interleave.Pairs(Load(rows, x).AsUInt32(), Load(rows, pitch + x).AsUInt32());
            var target = MemoryMarshal.Cast<ushort, Vector128<uint>>(lanes.Slice(2 * x, 2 * Vector128<ushort>.Count));
            target[0] = low;
            target[1] = high;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Load(ReadOnlySpan<ushort> rows, int x) => Vector128.Create(rows[x..]);
}
