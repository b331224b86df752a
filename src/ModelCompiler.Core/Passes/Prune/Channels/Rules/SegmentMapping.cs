using System.Numerics;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// How the channels of one axis lie in the axes that a Reshape makes of it and its neighbours. Of those one is chosen to carry them, and the channels that share a
/// place there go together: a place then goes with all it holds, and what stays is a whole block of the tensor in both shapes.
/// </summary>
internal sealed class SegmentMapping(NodeChannels node, AxisSegment segment, Shape before, Shape after, int from, int[] ids)
{
    /// <summary>Elements that are looked at one by one, at most.</summary>
    private const long MaxElements = 1 << 24;

    /// <summary>False for segments of so many elements that no layer sums over them.</summary>
    public static bool CanFollow(AxisSegment segment, Shape before, Shape after) =>
        segment.Before.All(axis => Size(before, axis) > 0)
        && segment.Before.Aggregate(1.0, (product, axis) => product * Size(before, axis)) <= MaxElements
        && segment.After.All(axis => NodeChannels.CanFollow(Size(after, axis)));

    /// <summary>Chooses the axis that carries the channels, and joins what goes together there.</summary>
    public (int Axis, int[] Ids) Map()
    {
        var to = Choose();
        var mapped = new int[Size(after, to)];
        Array.Fill(mapped, -1);
        foreach (var (source, target) in Links(to))
        {
            if (mapped[target] < 0)
                mapped[target] = ids[source];
            else
                node.Sets.Join(mapped[target], ids[source]);
        }

        return (to, mapped);
    }

    /// <summary>
    /// An axis whose places go together already; else, where the last axis of a tensor is split as attention does it, the heads, which stand before the width
    /// of a head; else, where an axis is only split, the longest of its parts; else the first.
    /// </summary>
    private int Choose()
    {
        if (segment.After.Where(NeedsNoJoin).OrderByDescending(CountSets).FirstOrDefault(-1) is >= 0 and var free)
            return free;
        if (segment.Before.Length > 1)
            return segment.After[0];
        return from == before.Rank - 1 ? segment.After[^2] : segment.After.MaxBy(axis => Size(after, axis));
    }

    private bool NeedsNoJoin(int to)
    {
        var sets = new int[Size(after, to)];
        Array.Fill(sets, -1);
        foreach (var (source, target) in Links(to))
        {
            var set = node.Sets.Find(ids[source]);
            if (sets[target] >= 0 && sets[target] != set)
                return false;
            sets[target] = set;
        }

        return true;
    }

    private int CountSets(int to) => Links(to).Select(link => (node.Sets.Find(ids[link.Source]), link.Target)).Distinct().Select(pair => pair.Item1).Distinct().Count();

    /// <summary>The places along the old and the new axis that share elements. Both are constant over blocks of the greatest common divisor of their strides.</summary>
    private IEnumerable<(int Source, int Target)> Links(int to)
    {
        var sourceStride = Stride(segment.Before, before, from);
        var targetStride = Stride(segment.After, after, to);
        var step = (long)BigInteger.GreatestCommonDivisor(sourceStride, targetStride);
        var elements = segment.Before.Aggregate(1L, (product, axis) => product * Size(before, axis));
        for (long element = 0; element < elements; element += step)
            yield return ((int)(element / sourceStride % ids.Length), (int)(element / targetStride % Size(after, to)));
    }

    private static long Stride(int[] axes, Shape shape, int axis) =>
        axes.SkipWhile(candidate => candidate != axis).Skip(1).Aggregate(1L, (product, inner) => product * Size(shape, inner));

    private static long Size(Shape shape, int axis) => shape[axis].Size!.Value;
}
