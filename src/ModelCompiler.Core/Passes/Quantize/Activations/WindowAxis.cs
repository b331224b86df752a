using System.Runtime.InteropServices;
using ModelCompiler.Shapes.Rules;

namespace ModelCompiler.Passes;

/// <summary>One spatial axis of a convolution over an input of known size.</summary>
/// <param name="Size">Of the input.</param>
/// <param name="Outputs">Of the output.</param>
/// <param name="Kernel">Elements of the kernel.</param>
/// <param name="Stride">From one window to the next.</param>
/// <param name="Dilation">From one element of the kernel to the next.</param>
/// <param name="PadBegin">Zeros before the input.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WindowAxis(int Size, int Outputs, int Kernel, int Stride, int Dilation, int PadBegin)
{
    public static WindowAxis Of(SpatialWindow window, int axis, long size)
    {
        var (begin, outputs) = window.AutoPad switch
        {
            "SAME_UPPER" => (SamePadding(window, axis, size) / 2, (size + window.Strides[axis] - 1) / window.Strides[axis]),
            "SAME_LOWER" => ((SamePadding(window, axis, size) + 1) / 2, (size + window.Strides[axis] - 1) / window.Strides[axis]),
            "VALID" => (0, Slide(window, axis, size)),
            _ => (window.PadsBegin[axis], Slide(window, axis, size + window.PadsBegin[axis] + window.PadsEnd[axis])),
        };
        return new((int)size, (int)outputs, (int)window.Kernel[axis], (int)window.Strides[axis], (int)window.Dilations[axis], (int)begin);
    }

    /// <summary>Where an element of the kernel reads for an output; outside of 0 … Size − 1 in the padding.</summary>
    public int Input(int output, int element) => (output * Stride) - PadBegin + (element * Dilation);

    private static long Slide(SpatialWindow window, int axis, long padded) =>
        padded < window.Extent(axis) ? 0 : ((padded - window.Extent(axis)) / window.Strides[axis]) + 1;

    private static long SamePadding(SpatialWindow window, int axis, long size)
    {
        var outputs = (size + window.Strides[axis] - 1) / window.Strides[axis];
        return Math.Max(0, ((outputs - 1) * window.Strides[axis]) + window.Extent(axis) - size);
    }
}
