namespace ModelCompiler.Shapes;

/// <summary>The indices that a Slice takes along one axis of known size, by the clamping rules of ONNX's Slice-13.</summary>
internal sealed record SliceRange(long Start, long Step, long Count)
{
    public IEnumerable<long> Indices
    {
        get
        {
            for (long i = 0; i < Count; i++)
                yield return Start + (i * Step);
        }
    }

    /// <summary>Null where the step is 0, which is not allowed.</summary>
    public static SliceRange? Of(long start, long end, long step, long size)
    {
        if (step == 0)
            return null;
        var first = FromFront(start, size);
        var last = FromFront(end, size);
        if (step > 0)
        {
            first = Math.Clamp(first, 0, size);
            last = Math.Clamp(last, 0, size);
            return new(first, step, Math.Max(0, CeilDivide((Int128)last - first, step)));
        }

        first = Math.Clamp(first, 0, Math.Max(0, size - 1));
        last = Math.Clamp(last, -1, size - 1);
        return new(first, step, size == 0 ? 0 : Math.Max(0, CeilDivide((Int128)first - last, -(Int128)step)));
    }

    private static long FromFront(long index, long size) => index < 0 ? index + size : index;

    private static long CeilDivide(Int128 range, Int128 step) => range <= 0 ? 0 : (long)((range + step - 1) / step);
}
