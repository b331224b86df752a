using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>
/// Rounds the weights of an output channel one after the other, and lets those still to come make up for the error of each, as far as their inputs go
/// together (GPTQ; Frantar et al., 2022, arXiv:2210.17323). The scale of a block is found when the rounding reaches it, for the weights as they are by then.
/// </summary>
/// <remarks>A channel whose error on the samples does not get smaller by it has every weight rounded to the nearest integer.</remarks>
/// <param name="gram">Of the layer's input.</param>
internal sealed class ErrorFeedbackBlocks(GramMatrix gram) : IBlockRounding
{
    public BlockwiseWeight Round(ReadOnlySpan<float> weights, int inputs, BlockFormat format)
    {
        var nearest = new LeastSquareBlocks().Round(weights, inputs, format);
        if (gram.Columns != inputs || InverseFactor.Of(gram.Damped(0), inputs) is not { } factor)
            return nearest;
        var (floats, blocks) = (nearest.ToFloats(), format.BlocksOf(inputs));
        for (var output = 0; output < nearest.Outputs; output++)
        {
            var channel = weights.Slice(output * inputs, inputs);
            var fed = Feed(channel, factor, format);
            if (SquareError(channel, fed.ToFloats()) >= SquareError(channel, floats.AsSpan(output * inputs, inputs)))
                continue;
            fed.Integers.CopyTo(nearest.Integers, output * inputs);
            fed.Scales.CopyTo(nearest.Scales, output * blocks);
        }

        return nearest;
    }

    private static BlockwiseWeight Feed(ReadOnlySpan<float> channel, double[] factor, BlockFormat format)
    {
        var size = channel.Length;
        var rounded = new BlockwiseWeight(format, 1, size, new byte[size], new float[format.BlocksOf(size)]);
        var left = new double[size];
        TensorPrimitives.ConvertTruncating(channel, left.AsSpan());
        for (var i = 0; i < size; i++)
        {
            var block = i / format.BlockSize;
            if (i % format.BlockSize == 0)
                rounded.Scales[block] = ScaleOf(left.AsSpan(i, Math.Min(format.BlockSize, size - i)), format);
            double scale = rounded.Scales[block];
            var integer = format.Round(left[i] / scale);
            rounded.Integers[i] = (byte)integer;
            var error = (left[i] - ((integer - format.ZeroPoint) * scale)) / factor[(i * size) + i];
            var rest = left.AsSpan(i + 1);
            TensorPrimitives.MultiplyAdd(factor.AsSpan((i * size) + i + 1, rest.Length), -error, rest, rest);
        }

        return rounded;
    }

    private static float ScaleOf(ReadOnlySpan<double> block, BlockFormat format)
    {
        Span<float> floats = stackalloc float[block.Length];
        TensorPrimitives.ConvertTruncating(block, floats);
        return LeastSquareBlocks.ScaleOf(floats, format);
    }

    private double SquareError(ReadOnlySpan<float> weights, ReadOnlySpan<float> rounded)
    {
        var error = new double[weights.Length];
        for (var i = 0; i < error.Length; i++)
            error[i] = rounded[i] - (double)weights[i];
        return gram.SquareOf(error, 0);
    }
}
