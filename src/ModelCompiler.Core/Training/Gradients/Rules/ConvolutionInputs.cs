using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>The gradient of a convolution's input: every window's gradient, spread by the kernel over the positions that the window saw.</summary>
internal static class ConvolutionInputs
{
    /// <summary>Writes the gradient of the input.</summary>
    /// <param name="make">Writes.</param>
    /// <param name="gradient">[batch, M, windows…].</param>
    /// <param name="weight">[M, C/groups, kernel…].</param>
    /// <param name="dims">Of the weight.</param>
    /// <param name="groups">Of channels.</param>
    /// <param name="windows">Over the input.</param>
    public delegate Value Spread(GradientWriter make, Value gradient, Value weight, long[] dims, long groups, Windows windows);

    /// <summary>A Conv needs pads that are not negative.</summary>
    public static bool CanConvolve(Windows windows) => windows.IsDense &&
        Enumerable.Range(0, windows.Axes).All(axis => windows.Begins[axis] < windows.Extent(axis) && windows.Ends[axis] < windows.Extent(axis));

    /// <summary>
    /// The form that was fastest for such shapes: Conv unrolls the windows of what it reads, the gradient, and ConvTranspose those of what it makes, so fewer channels decide.
    /// </summary>
    /// <param name="dims">Of the weight.</param>
    /// <param name="groups">Of channels.</param>
    /// <param name="windows">Over the input.</param>
    public static Spread Form(long[] dims, long groups, Windows windows) =>
        CanConvolve(windows) && (dims[0] / groups <= dims[1] || Array.TrueForAll(windows.Kernel, size => size == 1)) ? Convolved : Transposed;

    /// <summary>For stride 1: a Conv of the gradient with the mirrored kernel, whose inputs and outputs have changed places.</summary>
    public static Value Convolved(GradientWriter make, Value gradient, Value weight, long[] dims, long groups, Windows windows)
    {
        long[] begins = [.. windows.Begins.Select((size, axis) => windows.Extent(axis) - 1 - size)];
        long[] ends = [.. windows.Ends.Select((size, axis) => windows.Extent(axis) - 1 - size)];
        return make.Node(
            "Conv",
            [gradient, Exchanged(make, Mirrored(make, weight, dims), dims, groups)],
            ("group", groups), ("dilations", windows.Dilations), ("pads", (long[])[.. begins, .. ends]));
    }

    /// <summary>For any stride.</summary>
    public static Value Transposed(GradientWriter make, Value gradient, Value weight, long[] dims, long groups, Windows windows) => make.Node(
        "ConvTranspose",
        [gradient, weight],
        ("group", groups), ("strides", windows.Strides), ("dilations", windows.Dilations),
        ("pads", (long[])[.. windows.Begins, .. windows.Ends.Select(size => Math.Max(size, 0))]),
        ("output_padding", windows.Ends.Select(size => Math.Max(-size, 0)).ToArray()));

    /// <summary>The convolution itself, of a signal that windows lie over.</summary>
    public static Value Forward(GradientWriter make, Value signal, Value weight, long groups, Windows windows)
    {
        var cropped = make.Pad(signal, new long[windows.Axes + 2], [0, 0, .. windows.Ends.Select(size => Math.Min(size, 0))]);
        return make.Node(
            "Conv",
            [cropped, weight],
            ("group", groups), ("strides", windows.Strides), ("dilations", windows.Dilations),
            ("pads", (long[])[.. windows.Begins, .. windows.Ends.Select(size => Math.Max(size, 0))]));
    }

    private static Value Mirrored(GradientWriter make, Value weight, long[] dims)
    {
        long[] axes = [.. Enumerable.Range(2, dims.Length - 2).Where(axis => dims[axis] > 1).Select(axis => (long)axis)];
        if (axes.Length == 0)
            return weight;
        return make.Slice(weight, axes, [.. axes.Select(_ => -1L)], [.. axes.Select(_ => long.MinValue)], [.. axes.Select(_ => -1L)]);
    }

    /// <summary>[groups · M, C, kernel…] → [groups · C, M, kernel…].</summary>
    private static Value Exchanged(GradientWriter make, Value weight, long[] dims, long groups)
    {
        var (outputs, inputs, kernel) = (dims[0] / groups, dims[1], dims[2..]);
        if (outputs == 1 && inputs == 1)
            return weight;
        if (groups == 1)
            return make.Transpose(weight, [1, 0, .. Enumerable.Range(2, kernel.Length).Select(axis => (long)axis)]);
        var apart = make.Reshape(weight, [groups, outputs, inputs, .. kernel]);
        var exchanged = make.Transpose(apart, [0, 2, 1, .. Enumerable.Range(3, kernel.Length).Select(axis => (long)axis)]);
        return make.Reshape(exchanged, [groups * inputs, outputs, .. kernel]);
    }
}
