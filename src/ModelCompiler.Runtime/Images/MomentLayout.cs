using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>How the sums and ramps of a row lie in memory: a pixel's ramps follow its sums, so that columns add both up at once.</summary>
/// <remarks>Pixels of three bytes, which no vector holds whole, have their ramps in a second row instead.</remarks>
/// <param name="pixelStride">Bytes of a pixel, 1 to 4.</param>
/// <param name="length">Bytes of a row.</param>
internal readonly struct MomentLayout(int pixelStride, int length)
{
    // What is written is whole vectors; what is read past a pixel's own values is at most one more pixel.
    private const int Spare = 16;

    /// <summary>Values of one of the two.</summary>
    public int RowLength => checked(((length + Vector256<byte>.Count - 1) & -Vector256<byte>.Count) + Spare);

    /// <summary>Values of both.</summary>
    public int Length => checked(2 * RowLength);

    /// <summary>Values from one pixel to the next.</summary>
    public int Pitch => pixelStride == 3 ? 3 : 2 * pixelStride;

    /// <summary>Values from a pixel's sums to its ramps.</summary>
    public int ToRamps => pixelStride == 3 ? RowLength : pixelStride;
}

/// <summary>Stores in such a layout, for one number of bytes of a pixel, so that loops over a row are compiled for it.</summary>
internal interface IMomentStore
{
    /// <summary>Stores the sums and ramps of the bytes from <paramref name="x"/> on.</summary>
    static abstract void Store(Vector256<ushort> sums, Vector256<ushort> ramps, ref ushort target, int x, int rowLength);
}

/// <summary>Of pixels of one byte.</summary>
internal readonly struct OneByteMoments : IMomentStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<ushort> sums, Vector256<ushort> ramps, ref ushort target, int x, int rowLength)
    {
        var (low, high) = Interleave.PairsOfHalves(sums, ramps);
        Store(low, high, ref Unsafe.Add(ref target, 2 * x));
    }

    /// <summary>The halves in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector256<ushort> low, Vector256<ushort> high, ref ushort target)
    {
        low.GetLower().StoreUnsafe(ref target);
        high.GetLower().StoreUnsafe(ref target, 8);
        low.GetUpper().StoreUnsafe(ref target, 16);
        high.GetUpper().StoreUnsafe(ref target, 24);
    }
}

/// <summary>Of pixels of two bytes.</summary>
internal readonly struct TwoByteMoments : IMomentStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<ushort> sums, Vector256<ushort> ramps, ref ushort target, int x, int rowLength)
    {
        var (low, high) = Interleave.PairsOfHalves(sums.AsUInt32(), ramps.AsUInt32());
        OneByteMoments.Store(low.AsUInt16(), high.AsUInt16(), ref Unsafe.Add(ref target, 2 * x));
    }
}

/// <summary>Of pixels of three bytes.</summary>
internal readonly struct ThreeByteMoments : IMomentStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<ushort> sums, Vector256<ushort> ramps, ref ushort target, int x, int rowLength)
    {
        sums.StoreUnsafe(ref target, (nuint)x);
        ramps.StoreUnsafe(ref target, (nuint)(x + rowLength));
    }
}

/// <summary>Of pixels of four bytes.</summary>
internal readonly struct FourByteMoments : IMomentStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<ushort> sums, Vector256<ushort> ramps, ref ushort target, int x, int rowLength)
    {
        var (low, high) = Interleave.PairsOfHalves(sums.AsUInt64(), ramps.AsUInt64());
        OneByteMoments.Store(low.AsUInt16(), high.AsUInt16(), ref Unsafe.Add(ref target, 2 * x));
    }
}
