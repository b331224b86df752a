using ModelCompiler.Graphs;
using ModelCompiler.Shapes.Rules;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>
/// How the windows of a convolution or pool lie over a signal, for each spatial axis: element t of window p is position Stride·p + Dilation·t − Begin of the signal,
/// or 0 where the signal has no such position.
/// </summary>
/// <param name="Kernel">Elements of a window.</param>
/// <param name="Strides">From one window to the next.</param>
/// <param name="Dilations">From one element of a window to the next.</param>
/// <param name="Begins">Zeros in front of the signal.</param>
/// <param name="Signal">Positions of the signal.</param>
/// <param name="Count">Number of windows.</param>
internal sealed record Windows(long[] Kernel, long[] Strides, long[] Dilations, long[] Begins, long[] Signal, long[] Count)
{
    public int Axes => Kernel.Length;

    public bool IsDense => Array.TrueForAll(Strides, stride => stride == 1);

    /// <summary>Zeros behind the signal, up to the end of the last window; negative where the last positions are in no window.</summary>
    public long[] Ends => [.. Enumerable.Range(0, Axes).Select(axis => (Strides[axis] * (Count[axis] - 1)) + Extent(axis) - Signal[axis] - Begins[axis])];

    /// <summary>The windows of a Conv or a pool.</summary>
    public static Windows Of(NodeShapes node, long[] kernel) => Of(node, kernel, node.Dims(0)[2..], node.OutputDims()[2..], (window, total, axis) => window.AutoPad switch
    {
        "VALID" => 0,
        "SAME_UPPER" => Math.Max(0, total) / 2,
        "SAME_LOWER" => (Math.Max(0, total) + 1) / 2,
        _ => window.PadsBegin[axis],
    });

    /// <summary>The windows of a ConvTranspose: over its output, one for each position of its input.</summary>
    public static Windows OfTranspose(NodeShapes node, long[] kernel)
    {
        var given = node.Node.GetInts("output_shape") is not null;
        return Of(node, kernel, node.OutputDims()[2..], node.Dims(0)[2..], (window, total, axis) => window.AutoPad switch
        {
            "VALID" when !given => 0,
            "SAME_UPPER" => Math.Max(0, total) / 2,
            "NOTSET" or "" when !given => window.PadsBegin[axis],
            _ => (Math.Max(0, total) + 1) / 2,
        });
    }

    /// <summary>Positions of the signal from the first element of a window to the last.</summary>
    public long Extent(int axis) => ((Kernel[axis] - 1) * Dilations[axis]) + 1;

    /// <summary>Elements of a window, and where each lies, in the order of a kernel's elements.</summary>
    /// <param name="axes">Only these; elements do not differ along the others.</param>
    public IEnumerable<long[]> Taps(Range axes)
    {
        var kernel = Kernel[axes];
        for (long tap = 0; tap < kernel.Aggregate(1L, (a, b) => a * b); tap++)
        {
            var place = new long[kernel.Length];
            for (var (axis, rest) = (kernel.Length - 1, tap); axis >= 0; rest /= kernel[axis], axis--)
                place[axis] = rest % kernel[axis] * Dilations[axes][axis];
            yield return place;
        }
    }

    /// <summary>What the windows see at one of their elements.</summary>
    /// <param name="make">Writes.</param>
    /// <param name="padded">The signal, from the first window to the end of the last.</param>
    /// <param name="tap">The element's place along the last axes; the others stay as they are.</param>
    /// <param name="first">The signal's first spatial axis.</param>
    public Value Copy(GradientWriter make, Value padded, long[] tap, int first)
    {
        var skipped = Axes - tap.Length;
        int[] axes = [.. Enumerable.Range(skipped, tap.Length).Where(axis => Kernel[axis] > 1 || Strides[axis] > 1)];
        if (axes.Length == 0)
            return padded;
        long[] starts = [.. axes.Select(axis => tap[axis - skipped])];
        long[] ends = [.. axes.Select(axis => tap[axis - skipped] + (Strides[axis] * (Count[axis] - 1)) + 1)];
        return make.Slice(padded, [.. axes.Select(axis => (long)axis + first)], starts, ends, IsDense ? null : [.. axes.Select(axis => Strides[axis])]);
    }

    private static Windows Of(NodeShapes node, long[] kernel, long[] signal, long[] count, Func<SpatialWindow, long, int, long> begin)
    {
        var window = SpatialWindow.Of(node.Node, kernel)!;
        var extra = node.Node.GetInts("output_padding") ?? new long[kernel.Length];
        return new(kernel, window.Strides, window.Dilations, [.. kernel.Select((_, axis) => begin(window, Total(axis), axis))], signal, count);

        long Total(int axis) => (window.Strides[axis] * (count[axis] - 1)) + window.Extent(axis) + extra[axis] - signal[axis];
    }
}
