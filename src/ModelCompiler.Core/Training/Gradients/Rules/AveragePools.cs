using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Means over windows: each position receives the gradient of every window that saw it, divided by the positions of that window.</summary>
internal static class AveragePools
{
    public static void Differentiate(GradientNode node) => node.Give(0, () =>
    {
        var windows = Windows.Of(node, [.. node.Node.GetInts("kernel_shape")!]);
        var shares = node.Make.Mul(node.Gradient, node.Make.Constant(Shares(node, windows)));
        return Spread(node.Make, shares, node.Dims(0), windows);
    });

    /// <summary>Adds the number of each window to all of its positions, channel by channel.</summary>
    private static Value Spread(GradientWriter make, Value value, long[] dims, Windows windows)
    {
        var planes = dims[0] * dims[1];
        var ones = make.Constant(Tensor.Of([.. Enumerable.Repeat(1f, (int)windows.Kernel.Aggregate(1L, (a, b) => a * b))], [1, 1, .. windows.Kernel]));
        var spread = ConvolutionInputs.Transposed(make, make.Reshape(value, [planes, 1, .. windows.Count]), ones, [1, 1, .. windows.Kernel], 1, windows);
        return make.Reshape(spread, dims);
    }

    /// <summary>1 ÷ the positions of each window, [1, 1, windows…].</summary>
    private static Tensor Shares(GradientNode node, Windows windows)
    {
        var shares = new[] { 1f };
        for (var axis = 0; axis < windows.Axes; axis++)
        {
            var sizes = Sizes(node, windows, axis).ToArray();
            shares = [.. shares.SelectMany(share => sizes.Select(size => share / size))];
        }

        return Tensor.Of(shares, [1, 1, .. windows.Count]);
    }

    /// <summary>How many positions each window has along an axis: those of the signal, and with count_include_pad those of the declared padding.</summary>
    private static IEnumerable<long> Sizes(GradientNode node, Windows windows, int axis)
    {
        var (first, behind) = (0L, windows.Signal[axis]);
        if (node.Node.GetInt("count_include_pad", 0) != 0)
        {
            var end = node.Node.GetInts("pads") is { } pads ? pads[windows.Axes + axis] : Math.Max(0, windows.Ends[axis]);
            (first, behind) = (-windows.Begins[axis], behind + end);
        }

        for (long window = 0; window < windows.Count[axis]; window++)
        {
            var start = (window * windows.Strides[axis]) - windows.Begins[axis];
            yield return Enumerable.Range(0, (int)windows.Kernel[axis]).LongCount(tap => start + (tap * windows.Dilations[axis]) is var place && place >= first && place < behind);
        }
    }
}
