using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Puts a slice back to where it was taken from, among zeros, without scattering: elements that stand apart are spread by a Pad of an axis of their own.</summary>
internal static class SlicePlacement
{
    /// <param name="make">Writes.</param>
    /// <param name="slice">As large as <paramref name="ranges"/> say.</param>
    /// <param name="dims">The sizes of the whole.</param>
    /// <param name="ranges">What was taken along every axis.</param>
    public static Value Place(GradientWriter make, Value slice, long[] dims, SliceRange[] ranges)
    {
        slice = Turn(make, slice, ranges);
        var ascending = Array.ConvertAll(ranges, Ascending);
        slice = Spread(make, slice, ascending);
        var begins = Array.ConvertAll(ascending, range => range.Start - (range.Start % range.Step));
        var ends = dims.Zip(ascending, (size, range) => size - (range.Start - (range.Start % range.Step)) - (range.Count * range.Step)).ToArray();
        return make.Pad(slice, begins, ends);
    }

    /// <summary>Axes that were walked backwards, from back to front.</summary>
    private static Value Turn(GradientWriter make, Value slice, SliceRange[] ranges)
    {
        long[] turned = [.. Enumerable.Range(0, ranges.Length).Where(axis => ranges[axis] is { Step: < 0, Count: > 1 }).Select(axis => (long)axis)];
        return turned.Length == 0 ? slice : make.Slice(slice, turned, Each(-1), Each(long.MinValue), Each(-1));

        long[] Each(long value) => Array.ConvertAll(turned, _ => value);
    }

    private static SliceRange Ascending(SliceRange range) =>
        range.Count <= 1 ? range with { Step = 1 } : range.Step > 0 ? range : new(range.Start + ((range.Count - 1) * range.Step), -range.Step, range.Count);

    /// <summary>[n] becomes [n, 1], then [n, step] with the element in the column of its start, then [n·step].</summary>
    private static Value Spread(GradientWriter make, Value slice, SliceRange[] ranges)
    {
        if (Array.TrueForAll(ranges, range => range.Step == 1))
            return slice;
        var (apart, begins, ends) = (new List<long>(), new List<long>(), new List<long>());
        foreach (var (start, step, count) in ranges)
        {
            Add(count, 0, 0);
            if (step > 1)
                Add(1, start % step, step - 1 - (start % step));
        }

        return make.Reshape(make.Pad(make.Reshape(slice, [.. apart]), [.. begins], [.. ends]), Array.ConvertAll(ranges, range => range.Count * range.Step));

        void Add(long size, long begin, long end)
        {
            apart.Add(size);
            begins.Add(begin);
            ends.Add(end);
        }
    }
}
