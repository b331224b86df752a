using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>The vertical half of the filter: adds up the rows of a cell, and their running sums, byte by byte.</summary>
internal static class RowMoments
{
    /// <param name="plane">The bytes.</param>
    /// <param name="start">The cell's first row of the image.</param>
    /// <param name="end">One past its last.</param>
    /// <param name="offset">The first byte of each row to use.</param>
    /// <param name="sums">Receives the sums; its length is the number of bytes used of each row.</param>
    /// <param name="ramps">Receives the sums of the running sums; as long.</param>
    public static void Sum(Plane plane, int start, int end, int offset, Span<ushort> sums, Span<ushort> ramps)
    {
        var (first, last) = (plane.Row(start), plane.Row(end - 1));
        var bytes = plane.Bytes[((first * plane.Stride) + offset)..];

        // The loops below address the bytes without checks: this is the check.
        _ = bytes.Slice((last - first) * plane.Stride, sums.Length);
        ramps = ramps[..sums.Length];

        var rows = new Rows(plane.Stride, start + plane.PhaseY, end + plane.PhaseY, plane.Halving);
        ref var origin = ref MemoryMarshal.GetReference(bytes);
        var x = 0;
        for (; x <= sums.Length - Vector<byte>.Count; x += Vector<byte>.Count)
            SumVector(ref Unsafe.Add(ref origin, x), rows, ref sums[x], ref ramps[x]);
        if (x < sums.Length && sums.Length >= Vector<byte>.Count)
        {
            x = sums.Length - Vector<byte>.Count;
            SumVector(ref Unsafe.Add(ref origin, x), rows, ref sums[x], ref ramps[x]);
            return;
        }

        for (; x < sums.Length; x++)
            (sums[x], ramps[x]) = SumOne(ref Unsafe.Add(ref origin, x), rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumVector(ref byte row, Rows rows, ref ushort sums, ref ushort ramps)
    {
        var (sum0, sum1, ramp0, ramp1) = (Vector<ushort>.Zero, Vector<ushort>.Zero, Vector<ushort>.Zero, Vector<ushort>.Zero);
        for (var y = rows.Start; y < rows.End;)
        {
            Vector.Widen(Vector.LoadUnsafe(ref row), out var low, out var high);
            sum0 += low;
            sum1 += high;
            ramp0 += sum0;
            ramp1 += sum1;
            y++;
            row = ref Unsafe.Add(ref row, (y & rows.Halving) == 0 ? rows.Stride : 0);
        }

        sum0.StoreUnsafe(ref sums);
        sum1.StoreUnsafe(ref sums, (nuint)Vector<ushort>.Count);
        ramp0.StoreUnsafe(ref ramps);
        ramp1.StoreUnsafe(ref ramps, (nuint)Vector<ushort>.Count);
    }

    private static (ushort Sum, ushort Ramp) SumOne(ref byte row, Rows rows)
    {
        var (sum, ramp) = (0, 0);
        for (var y = rows.Start; y < rows.End;)
        {
            sum += row;
            ramp += sum;
            y++;
            row = ref Unsafe.Add(ref row, (y & rows.Halving) == 0 ? rows.Stride : 0);
        }

        return ((ushort)sum, (ushort)ramp);
    }

    /// <summary>Rows of the image from one to another, of which with <paramref name="Halving"/> two take the same row of the plane.</summary>
    private readonly record struct Rows(nint Stride, int Start, int End, int Halving);
}
