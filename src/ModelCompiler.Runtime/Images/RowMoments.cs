using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>The vertical half of the filter: adds up the rows of a cell, and their running sums, byte by byte.</summary>
internal static class RowMoments
{
    /// <param name="plane">The bytes.</param>
    /// <param name="start">The cell's first row of the image.</param>
    /// <param name="end">One past its last.</param>
    /// <param name="offset">The first byte of each row to use.</param>
    /// <param name="length">The number of bytes to use of each row.</param>
    /// <param name="moments">Receives the sums and the ramps, laid out as <see cref="MomentLayout"/> says.</param>
    public static void Sum(Plane plane, int start, int end, int offset, int length, Span<ushort> moments)
    {
        var (first, last) = (plane.Row(start), plane.Row(end - 1));
        var bytes = plane.Bytes[((first * plane.Stride) + offset)..];
        var layout = new MomentLayout(plane.PixelStride, length);

        // The loops address both without checks: this is the check.
        bytes = bytes[..(((last - first) * plane.Stride) + length)];
        moments = moments[..layout.Length];

        var rows = CellRun.Create(start, end, plane.Halving, plane.PhaseY);
        switch (plane.PixelStride)
        {
            case 1:
                Sum<OneByteMoments>(bytes, plane.Stride, rows, length, moments);
                break;
            case 2:
                Sum<TwoByteMoments>(bytes, plane.Stride, rows, length, moments);
                break;
            case 3:
                Sum<ThreeByteMoments>(bytes, plane.Stride, rows, length, moments);
                break;
            default:
                Sum<FourByteMoments>(bytes, plane.Stride, rows, length, moments);
                break;
        }
    }

    private static void Sum<TStore>(ReadOnlySpan<byte> bytes, int stride, CellRun rows, int length, Span<ushort> moments)
        where TStore : struct, IMomentStore
    {
        ref var origin = ref MemoryMarshal.GetReference(bytes);
        ref var target = ref MemoryMarshal.GetReference(moments);
        var next = new NextRows(ref origin, stride, rows.Count);
        var x = 0;
        for (; x <= length - Vector256<byte>.Count; x += Vector256<byte>.Count)
        {
            next.Prefetch(x);
            SumVector<TStore>(ref Unsafe.Add(ref origin, x), stride, rows, ref target, x, moments.Length / 2);
        }

        if (x < length)
            SumRest<TStore>(bytes[x..], stride, rows, length - x, ref target, x, moments.Length / 2);
    }

    /// <summary>By way of memory that may be read in whole vectors.</summary>
    private static void SumRest<TStore>(ReadOnlySpan<byte> bytes, int stride, CellRun rows, int length, ref ushort target, int x, int rowLength)
        where TStore : struct, IMomentStore
    {
        Span<byte> copy = stackalloc byte[FilterTaps.LongestCell * Vector256<byte>.Count];
        for (var y = 0; y < rows.Count; y++)
            bytes.Slice(y * stride, length).CopyTo(copy[(y * Vector256<byte>.Count)..]);
        SumVector<TStore>(ref MemoryMarshal.GetReference(copy), Vector256<byte>.Count, rows, ref target, x, rowLength);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumVector<TStore>(ref byte row, nint stride, CellRun rows, ref ushort target, int x, int rowLength)
        where TStore : struct, IMomentStore
    {
        var (sum0, sum1, ramp0, ramp1) = (Vector256<ushort>.Zero, Vector256<ushort>.Zero, Vector256<ushort>.Zero, Vector256<ushort>.Zero);
        for (var count = rows.Singles; count > 0; count--)
        {
            sum0 += Widened(ref row, 0);
            sum1 += Widened(ref row, 16);
            ramp0 += sum0;
            ramp1 += sum1;
            row = ref Unsafe.Add(ref row, stride);
        }

        for (var count = rows.Pairs; count > 0; count--)
        {
            var (low, high) = (Widened(ref row, 0), Widened(ref row, 16));
            var (half0, half1) = (sum0 + low, sum1 + high);
            sum0 = half0 + low;
            sum1 = half1 + high;
            ramp0 += half0 + sum0;
            ramp1 += half1 + sum1;
            row = ref Unsafe.Add(ref row, stride);
        }

        if (rows.Tail != 0)
        {
            sum0 += Widened(ref row, 0);
            sum1 += Widened(ref row, 16);
            ramp0 += sum0;
            ramp1 += sum1;
        }

        TStore.Store(sum0, ramp0, ref target, x, rowLength);
        TStore.Store(sum1, ramp1, ref target, x + 16, rowLength);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Widened(ref byte row, nuint offset) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref row, offset).ToVector256Unsafe());
}
