using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ModelCompiler;

/// <summary>Vectors made one by taking values from two in turns; the instruction has another name on each processor.</summary>
internal static class Interleave
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<ushort> Low, Vector128<ushort> High) Pairs(Vector128<ushort> a, Vector128<ushort> b)
    {
        if (Sse2.IsSupported)
            return (Sse2.UnpackLow(a, b), Sse2.UnpackHigh(a, b));
        if (AdvSimd.Arm64.IsSupported)
            return (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));

        return (
            (Vector128.WidenLower(a) | (Vector128.WidenLower(b) << 16)).AsUInt16(),
            (Vector128.WidenUpper(a) | (Vector128.WidenUpper(b) << 16)).AsUInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<uint> Low, Vector128<uint> High) Pairs(Vector128<uint> a, Vector128<uint> b)
    {
        if (Sse2.IsSupported)
            return (Sse2.UnpackLow(a, b), Sse2.UnpackHigh(a, b));
        if (AdvSimd.Arm64.IsSupported)
            return (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));

        return (
            (Vector128.WidenLower(a) | (Vector128.WidenLower(b) << 32)).AsUInt32(),
            (Vector128.WidenUpper(a) | (Vector128.WidenUpper(b) << 32)).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<ulong> Low, Vector128<ulong> High) Pairs(Vector128<ulong> a, Vector128<ulong> b) =>
        (Vector128.Create(a.GetLower(), b.GetLower()), Vector128.Create(a.GetUpper(), b.GetUpper()));

    /// <summary>In each half by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<ushort> Low, Vector256<ushort> High) PairsOfHalves(Vector256<ushort> a, Vector256<ushort> b)
    {
        if (Avx2.IsSupported)
            return (Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b));

        var (low, high) = (Pairs(a.GetLower(), b.GetLower()), Pairs(a.GetUpper(), b.GetUpper()));
        return (Vector256.Create(low.Low, high.Low), Vector256.Create(low.High, high.High));
    }

    /// <summary>In each half by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<uint> Low, Vector256<uint> High) PairsOfHalves(Vector256<uint> a, Vector256<uint> b)
    {
        if (Avx2.IsSupported)
            return (Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b));

        var (low, high) = (Pairs(a.GetLower(), b.GetLower()), Pairs(a.GetUpper(), b.GetUpper()));
        return (Vector256.Create(low.Low, high.Low), Vector256.Create(low.High, high.High));
    }

    /// <summary>In each half by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<ulong> Low, Vector256<ulong> High) PairsOfHalves(Vector256<ulong> a, Vector256<ulong> b)
    {
        if (Avx2.IsSupported)
            return (Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b));

        var (low, high) = (Pairs(a.GetLower(), b.GetLower()), Pairs(a.GetUpper(), b.GetUpper()));
        return (Vector256.Create(low.Low, high.Low), Vector256.Create(low.High, high.High));
    }

    /// <summary>The columns of four rows, in each half by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c, ref Vector256<float> d)
    {
        var (ac0, ac1) = PairsOfHalves(a.AsUInt32(), c.AsUInt32());
        var (bd0, bd1) = PairsOfHalves(b.AsUInt32(), d.AsUInt32());
        var (first, second) = PairsOfHalves(ac0, bd0);
        var (third, fourth) = PairsOfHalves(ac1, bd1);
        (a, b, c, d) = (first.AsSingle(), second.AsSingle(), third.AsSingle(), fourth.AsSingle());
    }
}
