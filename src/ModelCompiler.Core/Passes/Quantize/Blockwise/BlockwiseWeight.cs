using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The weight of a matrix product as integers in blocks: w = (integer − zero point) · scale of the block.</summary>
/// <param name="Format">Of the blocks.</param>
/// <param name="Outputs">N</param>
/// <param name="Inputs">K</param>
/// <param name="Integers">[N, K]</param>
/// <param name="Scales">[N, blocks]</param>
internal sealed record BlockwiseWeight(BlockFormat Format, int Outputs, int Inputs, byte[] Integers, float[] Scales)
{
    /// <summary>As com.microsoft.MatMulNBits reads it: [N, blocks, bytes of a block], the lower half of a byte first, what is behind K filled up with zeros.</summary>
    public Tensor Packed()
    {
        var blocks = Format.BlocksOf(Inputs);
        var packed = new byte[Outputs * blocks * Format.BytesOfBlock];
        var filled = Format.Bits == 8 ? (byte)Format.ZeroPoint : (byte)(Format.ZeroPoint | (Format.ZeroPoint << 4));
        Array.Fill(packed, filled);
        for (var output = 0; output < Outputs; output++)
        {
            var channel = packed.AsSpan(output * blocks * Format.BytesOfBlock);
            for (var input = 0; input < Inputs; input++)
                Put(channel, input, Integers[(output * Inputs) + input]);
        }

        return new Tensor(ElementType.UInt8, [Outputs, blocks, Format.BytesOfBlock], new ManagedTensorData(packed));
    }

    public Tensor ScaleTensor() => Tensor.Of(Scales, Outputs, Format.BlocksOf(Inputs));

    /// <summary>[N, K], what the integers stand for.</summary>
    public float[] ToFloats()
    {
        var floats = new float[Integers.Length];
        var blocks = Format.BlocksOf(Inputs);
        for (var i = 0; i < floats.Length; i++)
        {
            var (output, input) = Math.DivRem(i, Inputs);
            floats[i] = (Integers[i] - Format.ZeroPoint) * Scales[(output * blocks) + (input / Format.BlockSize)];
        }

        return floats;
    }

    private void Put(Span<byte> channel, int input, byte integer)
    {
        if (Format.Bits == 8)
            channel[input] = integer;
        else if (input % 2 == 0)
            channel[input / 2] = (byte)((channel[input / 2] & 0xF0) | integer);
        else
            channel[input / 2] = (byte)((channel[input / 2] & 0x0F) | (integer << 4));
    }
}
