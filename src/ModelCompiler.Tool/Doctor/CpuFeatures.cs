using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ModelCompiler.Tool.Doctor;

/// <summary>The instructions of this CPU by which integer models are fast.</summary>
internal static class CpuFeatures
{
    // CPUID leaf 7: subleaf 0 ECX bit 11 is AVX512_VNNI, subleaf 1 EAX bit 4 is AVX-VNNI (Intel SDM, volume 2A, CPUID).
    private const int Leaf = 7;
    private const int Avx512VnniBit = 1 << 11;
    private const int AvxVnniBit = 1 << 4;

    public static Finding Examine()
    {
        if (ArmBase.IsSupported)
            return Arm();
        return X86Base.IsSupported ? X86() : new Finding("CPU", "neither x86 nor ARM: nothing is known of its integer speed");
    }

    private static Finding Arm() => Dp.IsSupported
        ? new Finding("CPU", "ARM with dot products (dotprod): int8 is fast")
        : new Finding("CPU", "ARM without dot products (dotprod): int8 is smaller, and little faster");

    private static Finding X86()
    {
        if (!Avx2.IsSupported)
            return new Finding("CPU", "x86 without AVX2: int8 is smaller, and no faster");
        string[] vnni = [.. Vnni()];
        return new Finding("CPU", vnni.Length > 0
            ? $"AVX2, {string.Join(", ", vnni)}: int8 is fast"
            : "AVX2 without VNNI: int8 is faster, and sums of products may saturate in 16 bits");
    }

    private static IEnumerable<string> Vnni()
    {
        // Only where the operating system keeps the wide registers, which the runtime has checked for AVX-512F.
        if (Avx512F.IsSupported && (X86Base.CpuId(Leaf, 0).Ecx & Avx512VnniBit) != 0)
            yield return "AVX-512 VNNI";
        if ((X86Base.CpuId(Leaf, 1).Eax & AvxVnniBit) != 0)
            yield return "AVX-VNNI";
    }
}
