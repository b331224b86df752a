using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ModelCompiler;

/// <summary>Two vectors made one by taking values from them in turns; the instruction has another name on each processor.</summary>
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

    /// <summary>The columns of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref Vector128<float> a, ref Vector128<float> b, ref Vector128<float> c, ref Vector128<float> d)
    {
        var (ac0, ac1) = Pairs(a.AsUInt32(), c.AsUInt32());
        var (bd0, bd1) = Pairs(b.AsUInt32(), d.AsUInt32());
        var (first, second) = Pairs(ac0, bd0);
        var (third, fourth) = Pairs(ac1, bd1);
        (a, b, c, d) = (first.AsSingle(), second.AsSingle(), third.AsSingle(), fourth.AsSingle());
    }
}
