using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes.Rules;

/// <summary>The kernel, strides, dilations and pads of a convolution or pool, one entry a spatial axis.</summary>
internal sealed record SpatialWindow(long[] Kernel, long[] Strides, long[] Dilations, long[] PadsBegin, long[] PadsEnd, string AutoPad, bool CeilMode)
{
    public int Axes => Kernel.Length;

    /// <summary>Null where the attributes do not agree with the number of axes, or a stride or dilation is not positive.</summary>
    public static SpatialWindow? Of(Node node, IReadOnlyList<long>? kernel)
    {
        if (kernel is null)
            return null;
        var axes = kernel.Count;
        var strides = node.GetInts("strides") ?? [.. Enumerable.Repeat(1L, axes)];
        var dilations = node.GetInts("dilations") ?? [.. Enumerable.Repeat(1L, axes)];
        var pads = node.GetInts("pads") ?? new long[axes * 2];
        if (strides.Count != axes || dilations.Count != axes || pads.Count != axes * 2 || strides.Concat(dilations).Concat(kernel).Any(value => value < 1))
            return null;
        return new(
            [.. kernel], [.. strides], [.. dilations], [.. pads.Take(axes)], [.. pads.Skip(axes)],
            node.GetString("auto_pad", "NOTSET"), node.GetInt("ceil_mode", 0) != 0);
    }

    /// <summary>Output size along a spatial axis of a convolution or pool.</summary>
    public Dimension Slide(int axis, Dimension input) => AutoPad switch
    {
        "NOTSET" or "" => Dimensions.Map(input, size => Slide(axis, size, PadsBegin[axis], PadsEnd[axis])),
        "VALID" => Dimensions.Map(input, size => Slide(axis, size, 0, 0)),
        "SAME_UPPER" or "SAME_LOWER" => Dimensions.Map(input, size => (size + Strides[axis] - 1) / Strides[axis]),
        _ => Dimension.Unknown,
    };

    /// <summary>
    /// −1 where not certain: with ceil_mode, versions differ on whether a last window that starts in the padding behind the input counts.
    /// </summary>
    private long Slide(int axis, long size, long padBegin, long padEnd)
    {
        var range = size + padBegin + padEnd - Extent(axis);
        if (range < 0)
            return -1;
        var floor = (range / Strides[axis]) + 1;
        if (!CeilMode || range % Strides[axis] == 0)
            return floor;
        var lastStart = floor * Strides[axis];
        return lastStart >= size + padBegin ? -1 : floor + 1;
    }

    /// <summary>Input positions that a window spans along an axis.</summary>
    public long Extent(int axis) => ((Kernel[axis] - 1) * Dilations[axis]) + 1;
}
