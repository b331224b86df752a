using System.Runtime.InteropServices;

namespace ModelCompiler.Passes;

/// <summary>Unsigned integers of so many bits in blocks along the inputs of an output channel; each block has a scale, all have the same zero point.</summary>
/// <param name="Bits">4 or 8.</param>
/// <param name="BlockSize">Weights that share a scale: a power of two from 16 on.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BlockFormat(int Bits, int BlockSize)
{
    /// <summary>What the kernels take where no zero points are given. Those that are given ONNX Runtime gets wrong for 4 bits on AVX2 (onnxruntime#29853).</summary>
    public int ZeroPoint => 1 << (Bits - 1);

    public int Greatest => (1 << Bits) - 1;

    public int BytesOfBlock => BlockSize * Bits / 8;

    /// <summary>How many blocks a channel of so many inputs has; the last may be filled up.</summary>
    public int BlocksOf(int inputs) => (inputs + BlockSize - 1) / BlockSize;

    /// <summary>The integer of a weight that is given in steps of its block's scale.</summary>
    public int Round(double steps) => (int)Math.Clamp(Math.Round(steps, MidpointRounding.ToEven) + ZeroPoint, 0, Greatest);
}
