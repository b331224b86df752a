using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>Scales that reach the weight of the greatest magnitude in each block; every weight to the nearest integer.</summary>
/// <remarks>
/// s = w / −2^(bits−1), where w is that weight with its sign: it gets the integer 0, and the other sign has one integer less. The form of ONNX Runtime's own
/// quantizer.
/// </remarks>
internal sealed class CoverBlocks : IBlockRounding
{
    public BlockwiseWeight Round(ReadOnlySpan<float> weights, int inputs, BlockFormat format)
    {
        var (outputs, blocks) = (weights.Length / inputs, format.BlocksOf(inputs));
        var (integers, scales) = (new byte[weights.Length], new float[outputs * blocks]);
        for (var place = 0; place < scales.Length; place++)
        {
            var (output, block) = Math.DivRem(place, blocks);
            var start = (output * inputs) + (block * format.BlockSize);
            var length = Math.Min(format.BlockSize, inputs - (block * format.BlockSize));
            var scale = scales[place] = ScaleOf(weights.Slice(start, length), format);
            for (var i = start; i < start + length; i++)
                integers[i] = (byte)format.Round(weights[i] / (double)scale);
        }

        return new(format, outputs, inputs, integers, scales);
    }

    /// <summary>1 for a block of zeros.</summary>
    internal static float ScaleOf(ReadOnlySpan<float> block, BlockFormat format)
    {
        var scale = TensorPrimitives.MaxMagnitude(block) / -format.ZeroPoint;
        return float.IsNormal(scale) ? scale : 1;
    }
}
