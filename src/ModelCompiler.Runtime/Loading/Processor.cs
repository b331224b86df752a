using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ModelCompiler;

/// <summary>What the processor of this device can do, in the words of profiles.</summary>
internal static class Processor
{
    /// <summary>False too for a word that this version does not know: a file for more is no file for this device.</summary>
    public static bool Has(string feature) => feature switch
    {
        "avx2" => Avx2.IsSupported,
        "avx512" => Avx512BW.IsSupported,
        "avxvnni" => AvxVnni.IsSupported,
        "dotprod" => Dp.IsSupported,
        _ => false,
    };
}
