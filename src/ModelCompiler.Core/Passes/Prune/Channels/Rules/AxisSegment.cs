using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Neighbouring axes of a shape that a Reshape turns into neighbouring axes of another one with as many elements.</summary>
/// <param name="Before">Axes of the input, without those of size 1.</param>
/// <param name="After">Axes of the output, without those of size 1.</param>
/// <param name="IsKnown">False for what is left where sizes are open: the axes there may be cut in any way.</param>
internal sealed record AxisSegment(int[] Before, int[] After, bool IsKnown)
{
    /// <summary>The finest cuts at which both shapes have the same number of elements before and behind.</summary>
    public static IReadOnlyList<AxisSegment> Align(Shape before, Shape after)
    {
        var a = LongAxes(before);
        var b = LongAxes(after);
        var front = Take(a, b, before, after);
        a.Reverse();
        b.Reverse();
        var back = Take(a, b, before, after).Select(segment => new AxisSegment([.. segment.Before.Reverse()], [.. segment.After.Reverse()], true)).Reverse();
        a.Reverse();
        b.Reverse();
        return a.Count + b.Count == 0 ? [.. front, .. back] : [.. front, new([.. a], [.. b], false), .. back];
    }

    private static List<int> LongAxes(Shape shape) => [.. Enumerable.Range(0, shape.Rank).Where(axis => shape[axis].Size != 1)];

    /// <summary>Takes segments from the beginning of both lists as far as sizes are known.</summary>
    private static List<AxisSegment> Take(List<int> a, List<int> b, Shape before, Shape after)
    {
        var segments = new List<AxisSegment>();
        while (Next(a, b, before, after) is var (countA, countB))
        {
            segments.Add(new([.. a.Take(countA)], [.. b.Take(countB)], true));
            a.RemoveRange(0, countA);
            b.RemoveRange(0, countB);
        }

        return segments;
    }

    /// <summary>How many axes of each list have the same number of elements together; null where that is not known.</summary>
    private static (int A, int B)? Next(List<int> a, List<int> b, Shape before, Shape after)
    {
        if (a.Count == 0 || b.Count == 0)
            return null;
        if (Dimensions.SurelyEqual(before[a[0]], after[b[0]]))
            return (1, 1);
        var (countA, countB) = (1, 1);
        var (sizeA, sizeB) = (before[a[0]].Size, after[b[0]].Size);
        while (sizeA != sizeB)
        {
            if (sizeA is not > 0 || sizeB is not > 0)
                return null;
            if (sizeA < sizeB)
                sizeA = countA < a.Count ? sizeA * before[a[countA++]].Size : null;
            else
                sizeB = countB < b.Count ? sizeB * after[b[countB++]].Size : null;
        }

        return sizeA is > 0 ? (countA, countB) : null;
    }
}
