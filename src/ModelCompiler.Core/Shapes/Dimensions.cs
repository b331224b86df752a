using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes;

/// <summary>Arithmetic on sizes that may be unknown.</summary>
internal static class Dimensions
{
    /// <summary>True only where both are certainly the same size.</summary>
    public static bool SurelyEqual(Dimension a, Dimension b) =>
        a.Size is { } size ? b.Size == size : a.Name is { } name && b.Size is null && b.Name == name;

    /// <summary>
    /// True where two shapes of tensors with the same number of elements are certainly equal: all axes are, or all but one are and none is empty.
    /// </summary>
    public static bool SameElementsSameShape(Shape? a, Shape? b)
    {
        if (a is null || b is null || a.Rank != b.Rank)
            return false;
        var open = 0;
        var mayBeEmpty = false;
        for (var axis = 0; axis < a.Rank; axis++)
        {
            if (SurelyEqual(a[axis], b[axis]))
                mayBeEmpty |= a[axis].Size is null or 0;
            else if (a[axis].IsFixed && b[axis].IsFixed)
                return false;
            else
                open++;
        }

        return open == 0 || (open == 1 && !mayBeEmpty);
    }

    /// <summary>True where the shapes are certainly equal.</summary>
    public static bool SurelyEqual(Shape? a, Shape? b)
    {
        if (a is null || b is null || a.Rank != b.Rank)
            return false;
        for (var axis = 0; axis < a.Rank; axis++)
        {
            if (!SurelyEqual(a[axis], b[axis]))
                return false;
        }

        return true;
    }

    /// <summary>numpy's broadcasting: shapes are aligned at the last axis, and a size of 1 stretches.</summary>
    public static Shape? Broadcast(Shape? a, Shape? b)
    {
        if (a is null || b is null)
            return null;
        var rank = Math.Max(a.Rank, b.Rank);
        return new Shape(Enumerable.Range(0, rank).Select(axis => Broadcast(FromEnd(a, rank - axis), FromEnd(b, rank - axis))));
    }

    private static Dimension FromEnd(Shape shape, int fromEnd) => fromEnd > shape.Rank ? Dimension.Of(1) : shape[shape.Rank - fromEnd];

    private static Dimension Broadcast(Dimension a, Dimension b) => (a.Size, b.Size) switch
    {
        (1, _) => b,
        (_, 1) => a,
        ({ }, { }) => a.Size == b.Size ? a : Dimension.Unknown,
        ({ }, null) => a,
        (null, { }) => b,
        _ => SurelyEqual(a, b) ? a : Dimension.Unknown,
    };

    public static Dimension Add(Dimension a, Dimension b) =>
        a.Size == 0 ? b : b.Size == 0 ? a : Combine(a, b, (x, y) => x + y);

    public static Dimension Subtract(Dimension a, Dimension b) =>
        b.Size == 0 ? a : Combine(a, b, (x, y) => x - y);

    public static Dimension Multiply(Dimension a, Dimension b) =>
        a.Size == 1 ? b : b.Size == 1 ? a : Combine(a, b, (x, y) => x * y);

    /// <summary>Integer division towards zero, as ONNX divides integers.</summary>
    public static Dimension Divide(Dimension a, Dimension b) =>
        b.Size == 1 ? a : b.Size == 0 ? Dimension.Unknown : Combine(a, b, (x, y) => x / y);

    public static Dimension Product(IEnumerable<Dimension> dimensions) => dimensions.Aggregate(Dimension.Of(1), Multiply);

    /// <summary>A size computed from a known size; unknown where the size is, or where the result cannot be a size.</summary>
    public static Dimension Map(Dimension size, Func<long, long> compute) =>
        size.Size is { } known && compute(known) is >= 0 and var result ? Dimension.Of(result) : Dimension.Unknown;

    private static Dimension Combine(Dimension a, Dimension b, Func<Int128, Int128, Int128> compute)
    {
        if (a.Size is not { } x || b.Size is not { } y)
            return Dimension.Unknown;
        var result = compute(x, y);
        return result >= long.MinValue && result <= long.MaxValue ? Dimension.Of((long)result) : Dimension.Unknown;
    }
}
