using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>An axis along which elements are picked by index: y[i] = x[picks[i]].</summary>
internal static class AxisPicks
{
    /// <summary>
    /// ∂x[j] = Σ g[i] over all i with picks[i] = j. Indices that go up or down in equal steps are a slice that is put back. Otherwise every j lists who picked it, the
    /// lists are filled up to one length with a row of zeros, gathered, and summed.
    /// </summary>
    /// <param name="make">Writes.</param>
    /// <param name="gradient">g.</param>
    /// <param name="dims">The sizes of g.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="picks">An index for every place of the axis in g.</param>
    /// <param name="size">The size of the axis in x.</param>
    public static Value Gradient(GradientWriter make, Value gradient, long[] dims, int axis, long[] picks, long size)
    {
        long[] whole = [.. dims[..axis], size, .. dims[(axis + 1)..]];
        if (RangeOf(picks) is { } range)
            return SlicePlacement.Place(make, gradient, whole, [.. whole.Select((all, at) => at == axis ? range : new(0, 1, all))]);
        var pickers = picks.Index().ToLookup(pick => pick.Item, pick => (long)pick.Index);
        var length = pickers.Max(list => list.Count());
        if (length * size > 4 * (picks.Length + size))
            return Scatter(make, gradient, dims, axis, make.Constant(Tensor.Of(picks, picks.Length, 1)), size);
        long[] table = [.. Enumerable.Range(0, (int)size).SelectMany(j => pickers[j].Concat(Enumerable.Repeat(picks.LongLength, length)).Take(length))];
        return Gathered(make, gradient, dims, axis, table, size);
    }

    /// <summary>Adds every g[i] to the element that it picked: for indices that are not constant, and for few elements of many that are picked often.</summary>
    /// <param name="make">Writes.</param>
    /// <param name="gradient">g.</param>
    /// <param name="dims">The sizes of g.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="picks">int64, [size of the axis in g, 1].</param>
    /// <param name="size">The size of the axis in x.</param>
    public static Value Scatter(GradientWriter make, Value gradient, long[] dims, int axis, Value picks, long size)
    {
        var (before, behind) = (Product(dims[..axis]), Product(dims[(axis + 1)..]));
        long[] whole = [.. dims[..axis], size, .. dims[(axis + 1)..]];
        return before == 1 ? make.Reshape(Added(make.Reshape(gradient, dims[axis], behind), size, behind), whole)
            : make.Reshape(make.Transpose(Added(make.Transpose(make.Reshape(gradient, before, dims[axis], behind), 1, 0, 2), size, before, behind), 1, 0, 2), whole);

        Value Added(Value rows, params long[] sizes) => make.Node("ScatterND", [make.Zeros(sizes), picks, rows], ("reduction", "add"));
    }

    private static Value Gathered(GradientWriter make, Value gradient, long[] dims, int axis, long[] table, long size)
    {
        var (picked, length) = (dims[axis], table.Length / size);
        if (table.Contains(picked))
        {
            var row = new long[dims.Length];
            row[axis] = 1;
            gradient = make.Pad(gradient, new long[dims.Length], row);
        }

        var isInOrder = table.LongLength == picked && table.Index().All(entry => entry.Item == entry.Index);
        var lists = isInOrder ? make.Reshape(gradient, [.. dims[..axis], size, length, .. dims[(axis + 1)..]])
            : make.Node("Gather", [gradient, make.Constant(length == 1 ? Tensor.Of(table, size) : Tensor.Of(table, size, length))], ("axis", axis));
        return length == 1 ? lists : make.SumAway(lists, axis + 1);
    }

    /// <summary>The range whose indices the picks are; null where there is none.</summary>
    private static SliceRange? RangeOf(long[] picks)
    {
        if (picks.Length == 0)
            return new(0, 1, 0);
        var step = picks.Length == 1 ? 1 : picks[1] - picks[0];
        var range = new SliceRange(picks[0], step, picks.Length);
        return step != 0 && range.Indices.SequenceEqual(picks) ? range : null;
    }

    private static long Product(long[] sizes) => sizes.Aggregate(1L, (product, size) => product * size);
}
