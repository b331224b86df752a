using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>Sums over a cell's columns, of eight values at once.</summary>
/// <param name="Sum">The sums.</param>
/// <param name="Ramp">The sums of the running sums.</param>
internal readonly record struct CellMoments(Vector256<float> Sum, Vector256<float> Ramp);

/// <summary>The horizontal half of the filter up to its weights: adds up the columns of each cell, and their running sums.</summary>
/// <remarks>
/// Cells differ by one in length, in an order that processors guess badly. So the shorter length is a loop and the one position more is added
/// masked, without a branch.
/// </remarks>
internal static class ColumnMoments
{
    /// <summary>Values that are read at a time.</summary>
    private const int Four = 4;

    /// <param name="pixels">The sums and ramps of rows, from the column of <see cref="FilterTaps.Start"/> on; of one pixel more than there are.</param>
    /// <param name="pitch">Values from one pixel to the next.</param>
    /// <param name="toSecond">Values from the first four of a pixel to the second four.</param>
    /// <param name="columns">The cells.</param>
    /// <param name="cells">Receives the moments of each.</param>
    public static void Sum(ReadOnlySpan<ushort> pixels, nint pitch, nint toSecond, FilterTaps columns, Span<CellMoments> cells)
    {
        // The loops below address the values without checks: this is the check.
        _ = pixels.Slice((int)(((columns.End - columns.Start) * pitch) + toSecond), Four);

        var borders = columns.Borders;
        cells = cells[..columns.CellCount];
        ref var pixel = ref MemoryMarshal.GetReference(pixels);
        for (var i = 0; i < cells.Length; i++)
        {
            var length = borders[i + 1] - borders[i];
            var more = length > columns.UsualCell ? 1 : 0;
            var (sum, ramp) = (Vector256<uint>.Zero, Vector256<uint>.Zero);
            var count = length - more;
            for (; count >= 2; count -= 2)
            {
                sum += Load(ref pixel, toSecond);
                ramp += sum;
                sum += Load(ref Unsafe.Add(ref pixel, pitch), toSecond);
                ramp += sum;
                pixel = ref Unsafe.Add(ref pixel, 2 * pitch);
            }

            if (count > 0)
            {
                sum += Load(ref pixel, toSecond);
                ramp += sum;
                pixel = ref Unsafe.Add(ref pixel, pitch);
            }

            var mask = Vector256.Create((uint)-more);
            sum += Load(ref pixel, toSecond) & mask;
            ramp += sum & mask;
            pixel = ref Unsafe.Add(ref pixel, more * pitch);
            cells[i] = new CellMoments(Float(sum), Float(ramp));
        }
    }

    /// <summary>The same of a plane of which a column serves two of the image.</summary>
    /// <param name="pixels">The sums and ramps of rows, from the column of <see cref="FilterTaps.Start"/> on; of one pixel more than there are.</param>
    /// <param name="pitch">Values from one pixel to the next.</param>
    /// <param name="toSecond">Values from the first four of a pixel to the second four.</param>
    /// <param name="phase">1 where the image's first column is the second that is served.</param>
    /// <param name="columns">The cells.</param>
    /// <param name="cells">Receives the moments of each.</param>
    public static void SumHalved(ReadOnlySpan<ushort> pixels, nint pitch, nint toSecond, int phase, FilterTaps columns, Span<CellMoments> cells)
    {
        // The loops below address the values without checks: this is the check.
        var last = ((columns.End + phase) >> 1) - ((columns.Start + phase) >> 1);
        _ = pixels.Slice((int)((last * pitch) + toSecond), Four);

        var borders = columns.Borders;
        cells = cells[..columns.CellCount];
        ref var pixel = ref MemoryMarshal.GetReference(pixels);
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = CellRun.Create(borders[i], borders[i + 1], 1, phase);
            var sum = Load(ref pixel, toSecond) & Vector256.Create((uint)-cell.Singles);
            var ramp = sum;
            pixel = ref Unsafe.Add(ref pixel, cell.Singles * pitch);
            for (var count = cell.Pairs; count > 0; count--)
            {
                var values = Load(ref pixel, toSecond);
                var half = sum + values;
                sum = half + values;
                ramp += half + sum;
                pixel = ref Unsafe.Add(ref pixel, pitch);
            }

            var mask = Vector256.Create((uint)-cell.Tail);
            sum += Load(ref pixel, toSecond) & mask;
            ramp += sum & mask;
            cells[i] = new CellMoments(Float(sum), Float(ramp));
        }
    }

    /// <summary>The same where every cell is one column; ramps are not written.</summary>
    /// <param name="pixels">The sums and ramps of rows, from the column of <see cref="FilterTaps.Start"/> on.</param>
    /// <param name="pitch">Values from one pixel to the next.</param>
    /// <param name="toSecond">Values from the first four of a pixel to the second four.</param>
    /// <param name="plane">Where the image's columns are in the rows.</param>
    /// <param name="columns">The cells.</param>
    /// <param name="cells">Receives the moments of each.</param>
    public static void Singles(ReadOnlySpan<ushort> pixels, nint pitch, nint toSecond, Plane plane, FilterTaps columns, Span<CellMoments> cells)
    {
        // The loop below addresses the values without checks: this is the check.
        var first = plane.Column(columns.Start);
        _ = pixels.Slice((int)(((plane.Column(columns.End - 1) - first) * pitch) + toSecond), Four);

        cells = cells[..columns.CellCount];
        ref var origin = ref MemoryMarshal.GetReference(pixels);
        for (var i = 0; i < cells.Length; i++)
        {
            var values = Load(ref Unsafe.Add(ref origin, (plane.Column(columns.Start + i) - first) * pitch), toSecond);
            Float(values).StoreUnsafe(ref Unsafe.As<CellMoments, float>(ref cells[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Load(ref ushort pixel, nint toSecond)
    {
        var values = Vector128.Create(LoadFour(ref pixel), LoadFour(ref Unsafe.Add(ref pixel, toSecond))).AsUInt16();
        return Vector256.WidenLower(values.ToVector256Unsafe());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LoadFour(ref ushort values) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref values));

    // The sums fit 31 bits, of which the conversion is one instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Float(Vector256<uint> value) => Vector256.ConvertToSingle(value.AsInt32());
}
