using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Pads that add copies of elements: the edge, the mirror image, or the other end.</summary>
internal static class PaddedCopies
{
    /// <summary>∂x = the gradients of each element and of its copies, summed, axis by axis.</summary>
    /// <param name="node">The Pad.</param>
    /// <param name="mode">edge, reflect or wrap.</param>
    /// <param name="begins">How much it adds in front, for every axis.</param>
    /// <param name="ends">How much it adds behind.</param>
    public static Value Gradient(GradientNode node, string mode, long[] begins, long[] ends)
    {
        var gradient = node.Gradient;
        var (dims, sizes) = (node.OutputDims().ToArray(), node.Dims(0));
        for (var axis = 0; axis < dims.Length; axis++)
        {
            if (begins[axis] == 0 && ends[axis] == 0)
                continue;
            gradient = OfAxis(node.Make, gradient, dims, axis, Picks(mode, sizes[axis], begins[axis], ends[axis]), begins[axis], sizes[axis]);
            dims[axis] = sizes[axis];
        }

        return gradient;
    }

    /// <summary>
    /// Few elements are copied, and most only stay: where the copies in front are of one part of the axis and those behind of another, only those parts get anything added.
    /// </summary>
    private static Value OfAxis(GradientWriter make, Value gradient, long[] dims, int axis, long[] picks, long begin, long size)
    {
        var end = begin + size;
        var front = picks.Take((int)Math.Max(begin, 0)).DefaultIfEmpty(-1).Max() + 1;
        var behind = picks.Skip((int)end).DefaultIfEmpty(size).Min();
        if (begin < 0 || end > picks.Length || front > behind)
            return AxisPicks.Gradient(make, gradient, dims, axis, picks, size);
        Value[] parts =
        [
            .. front == 0 ? Array.Empty<Value>() : [make.Add(Part(begin, begin + front), Copies(0, begin, 0, front))],
            .. front == behind ? Array.Empty<Value>() : [Part(begin + front, begin + behind)],
            .. behind == size ? Array.Empty<Value>() : [make.Add(Part(begin + behind, end), Copies(end, picks.Length, behind, size - behind))],
        ];
        return make.Concat(axis, parts);

        Value Part(long from, long to) => make.Slice(gradient, [axis], [from], [to]);

        Value Copies(long from, long to, long first, long count)
        {
            long[] few = [.. dims];
            few[axis] = to - from;
            return AxisPicks.Gradient(make, Part(from, to), few, axis, Array.ConvertAll(picks[(int)from..(int)to], pick => pick - first), count);
        }
    }

    /// <summary>Which element each place of a padded axis shows. Negative pads cut first, as ONNX Runtime does.</summary>
    private static long[] Picks(string mode, long size, long begin, long end)
    {
        var (first, kept) = (Math.Max(0, -begin), size - Math.Max(0, -begin) - Math.Max(0, -end));
        var (before, behind) = (Math.Max(0, begin), Math.Max(0, end));
        return [.. Enumerable.Range(0, (int)(before + kept + behind)).Select(place => first + Pick(mode, place - before, kept))];
    }

    private static long Pick(string mode, long place, long size) => mode switch
    {
        "edge" => Math.Clamp(place, 0, size - 1),
        "wrap" => Modulo(place, size),
        _ => size == 1 ? 0 : Modulo(place, 2 * (size - 1)) is var mirrored && mirrored < size ? mirrored : (2 * (size - 1)) - mirrored,
    };

    private static long Modulo(long value, long by) => ((value % by) + by) % by;
}
