using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>Sums over a cell's columns, of four values at once: those of the rows' sums and those of the rows' ramps.</summary>
/// <param name="Sum">Of the sums.</param>
/// <param name="SumRamp">Of the running sums of the sums.</param>
/// <param name="Ramp">Of the ramps.</param>
/// <param name="RampRamp">Of the running sums of the ramps.</param>
internal readonly record struct CellMoments(Vector128<float> Sum, Vector128<float> SumRamp, Vector128<float> Ramp, Vector128<float> RampRamp);

/// <summary>The horizontal half of the filter up to its weights: adds up the columns of each cell, and their running sums.</summary>
internal static class ColumnMoments
{
    /// <summary>Values that the rows must have past their end: a pixel is read as eight whatever its size.</summary>
    public const int Spare = 8;

    /// <param name="sums">The rows' sums from the column of <see cref="FilterTaps.Start"/> on.</param>
    /// <param name="ramps">The rows' ramps.</param>
    /// <param name="pitch">Values from one pixel to the next: 3 or 4.</param>
    /// <param name="plane">Where the image's columns are in the rows.</param>
    /// <param name="columns">The cells.</param>
    /// <param name="cells">Receives the moments of each.</param>
    public static void Sum(ReadOnlySpan<ushort> sums, ReadOnlySpan<ushort> ramps, int pitch, Plane plane, FilterTaps columns, Span<CellMoments> cells)
    {
        var borders = columns.Borders;
        var last = plane.Column(columns.End - 1) - plane.Column(columns.Start);

        // The loops below address the values without checks: this is the check.
        ref var sumsOrigin = ref MemoryMarshal.GetReference(sums.Slice(last * pitch, Vector128<ushort>.Count).Length > 0 ? sums : default);
        ref var rampsOrigin = ref MemoryMarshal.GetReference(ramps.Slice(last * pitch, Vector128<ushort>.Count).Length > 0 ? ramps : default);

        nint offset = 0;
        var x = borders[0] + plane.PhaseX;
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var end = borders[cell + 1] + plane.PhaseX;
            var (sum, sumRamp, ramp, rampRamp) = (Vector128<uint>.Zero, Vector128<uint>.Zero, Vector128<uint>.Zero, Vector128<uint>.Zero);
            while (x < end)
            {
                sum += Load(ref sumsOrigin, offset);
                sumRamp += sum;
                ramp += Load(ref rampsOrigin, offset);
                rampRamp += ramp;
                x++;
                offset += (x & plane.Halving) == 0 ? pitch : 0;
            }

            cells[cell] = new CellMoments(Float(sum), Float(sumRamp), Float(ramp), Float(rampRamp));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Load(ref ushort origin, nint offset) =>
        Vector128.WidenLower(Vector128.LoadUnsafe(ref Unsafe.Add(ref origin, offset)));

    // The sums fit 31 bits, of which the conversion is one instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Float(Vector128<uint> value) => Vector128.ConvertToSingle(value.AsInt32());
}
