using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>The scale of least squared error for each block; every weight to the nearest integer.</summary>
internal sealed class LeastSquareBlocks : IBlockRounding
{
    /// <summary>Scales are tried from the one that reaches the greatest weight down to a part of it, in both signs: one side has an integer more.</summary>
    private const double LeastShare = 0.6;

    private const int Steps = 20;

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

    public static float ScaleOf(ReadOnlySpan<float> block, BlockFormat format)
    {
        var widest = CoverBlocks.ScaleOf(block, format);
        var (best, least) = (widest, SquareError(block, widest, format));
        for (var step = -Steps; step <= Steps; step++)
        {
            var share = 1 - ((1 - LeastShare) * Math.Abs(step) / Steps);
            var scale = (float)(step < 0 ? -widest * share : widest * share);
            var error = SquareError(block, scale, format);
            if (error < least)
                (best, least) = (scale, error);
        }

        return best;
    }

    private static float SquareError(ReadOnlySpan<float> block, float scale, BlockFormat format)
    {
        Span<float> steps = stackalloc float[block.Length];
        TensorPrimitives.Multiply(block, 1 / scale, steps);
        TensorPrimitives.Round(steps, MidpointRounding.ToEven, steps);
        TensorPrimitives.Max(steps, -format.ZeroPoint, steps);
        TensorPrimitives.Min(steps, format.Greatest - format.ZeroPoint, steps);
        TensorPrimitives.Multiply(steps, scale, steps);
        TensorPrimitives.Subtract(steps, block, steps);
        return TensorPrimitives.SumOfSquares<float>(steps);
    }
}
