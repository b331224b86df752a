using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Layout;

/// <summary>The two orders of the axes of a batch of pictures: N, C, H, W, in which ONNX is written, and N, H, W, C.</summary>
internal static class ChannelsLast
{
    public const int Rank = 4;

    private static readonly int[] AxisOf = [0, 3, 1, 2];

    /// <summary>The perm of the Transpose from NCHW to NHWC.</summary>
    public static long[] From { get; } = [0, 2, 3, 1];

    /// <summary>The perm of the Transpose back.</summary>
    public static long[] Back { get; } = [0, 3, 1, 2];

    /// <summary>Where an axis of NCHW lies in NHWC.</summary>
    public static int Axis(long axis) => AxisOf[axis < 0 ? axis + Rank : axis];

    /// <summary>Four numbers, one an axis, in the new order.</summary>
    public static T[] Reordered<T>(IReadOnlyList<T> perAxis) => Array.ConvertAll(From, axis => perAxis[(int)axis]);

    /// <summary>A constant operand of an elementwise operator, brought to rank 4 as broadcasting does, in the new order.</summary>
    public static Tensor Reordered(Tensor tensor)
    {
        long[] dims = [.. Enumerable.Repeat(1L, Rank - tensor.Rank), .. tensor.Dims];
        var width = tensor.Type.BitWidth() / 8;
        var source = tensor.Data.Span;
        var target = new byte[source.Length];
        var (channels, pixels) = (dims[1], dims[2] * dims[3]);
        for (long i = 0; i < tensor.Count; i++)
        {
            var (n, rest) = Math.DivRem(i, channels * pixels);
            var (c, pixel) = Math.DivRem(rest, pixels);
            var to = (((n * pixels) + pixel) * channels) + c;
            source.Slice((int)i * width, width).CopyTo(target.AsSpan((int)to * width));
        }

        return new Tensor(tensor.Type, Reordered(dims), new ManagedTensorData(target));
    }
}
