using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Means over windows: each position receives the gradient of every window that saw it, divided by the positions of that window.</summary>
internal static class AveragePools
{
    public static void Differentiate(GradientNode node) => node.Give(0, () =>
    {
        var windows = Windows.Of(node, [.. node.Node.GetInts("kernel_shape")!]);
        var shares = node.Make.Mul(node.Gradient, node.Make.Constant(Shares(node, windows)));
        var undilated = Array.TrueForAll(windows.Dilations, dilation => dilation == 1);
        return undilated && windows.IsDense ? Averaged(node.Make, shares, windows)
            : undilated && windows.Axes == 2 && DoNotOverlap(windows) ? Repeated(node.Make, shares, windows)
            : Spread(node.Make, shares, node.Dims(0), windows);
    });

    private static bool DoNotOverlap(Windows windows) =>
        windows.Kernel.AsSpan().SequenceEqual(windows.Strides) && Array.TrueForAll(windows.Begins, size => size == 0) && Array.TrueForAll(windows.Ends, size => size <= 0);

    /// <summary>For stride 1: the sum over the windows that see a position is a mean over a window too, times its elements.</summary>
    private static Value Averaged(GradientWriter make, Value value, Windows windows)
    {
        long[] begins = [.. windows.Begins.Select((size, axis) => windows.Kernel[axis] - 1 - size)];
        long[] ends = [.. windows.Ends.Select((size, axis) => windows.Kernel[axis] - 1 - size)];
        var mean = make.Node("AveragePool", [value], ("kernel_shape", windows.Kernel), ("pads", (long[])[.. begins, .. ends]), ("count_include_pad", 1));
        return make.Mul(mean, windows.Kernel.Aggregate(1f, (a, b) => a * b));
    }

    /// <summary>For windows that lie beside each other: each number is repeated.</summary>
    private static Value Repeated(GradientWriter make, Value value, Windows windows)
    {
        var scales = make.Constant(Tensor.Vector([1f, 1f, .. windows.Kernel.Select(size => (float)size)]));
        var repeated = make.Node("Resize", [value, null, scales], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
        return make.Pad(repeated, new long[4], [0, 0, .. windows.Ends.Select(size => -size)]);
    }

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
