using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>What a Slice cuts: axes counted from the front, and their bounds where these are known.</summary>
internal sealed class SliceBounds
{
    private readonly NodeChannels _node;
    private readonly IReadOnlyList<long>? _starts;
    private readonly IReadOnlyList<long>? _ends;
    private readonly IReadOnlyList<long>? _steps;

    private SliceBounds(NodeChannels node, int[] axes, IReadOnlyList<long>? starts, IReadOnlyList<long>? ends, IReadOnlyList<long>? steps)
    {
        _node = node;
        Axes = axes;
        _starts = starts?.Count == axes.Length && ends?.Count == axes.Length && steps?.Count == axes.Length ? starts : null;
        _ends = ends;
        _steps = steps;
    }

    public IReadOnlyList<int> Axes { get; }

    /// <summary>Null where the axes are not known.</summary>
    public static SliceBounds? Of(NodeChannels node, int rank)
    {
        if (!node.Inference.TryLongs("axes", 3, out var given))
            return null;
        var starts = Longs(node, "starts", 1);
        var ends = Longs(node, "ends", 2);
        var count = given?.Count ?? starts?.Count ?? node.Shape(1)?[0].Size;
        if (count is null || count > rank)
            return null;
        IReadOnlyList<long> named = given ?? [.. Enumerable.Range(0, (int)count).Select(axis => (long)axis)];
        var axes = named.Select(axis => NodeInference.Axis(axis, rank) ?? -1).ToArray();
        if (axes.Contains(-1) || axes.Distinct().Count() != axes.Length)
            return null;
        var steps = node.Node.Input(4) is null ? [.. axes.Select(_ => 1L)] : node.Inference.Longs(4);
        return new(node, axes, starts, ends, steps);
    }

    /// <summary>The places that stay along the i-th cut axis; null where they are not known, not in a row, or none.</summary>
    public Range? RangeOf(int i, int size)
    {
        if (_starts is null || _steps![i] != 1 || SliceRange.Of(_starts[i], _ends![i], 1, size) is not { Count: > 0 } range)
            return null;
        return (int)range.Start..(int)(range.Start + range.Count);
    }

    /// <summary>Bounds of the axes that are followed are counted anew.</summary>
    public void Rewrite(GraphEdit edit, ValueChannels before, int[]?[] after, KeptChannels kept)
    {
        var (starts, ends) = (_starts!.ToArray(), _ends!.ToArray());
        for (var i = 0; i < Axes.Count; i++)
        {
            if (after[Axes[i]] is null || before[Axes[i]] is not { } ids)
                continue;
            var range = RangeOf(i, ids.Length)!.Value;
            starts[i] = kept.Count(ids.AsSpan(..range.Start));
            ends[i] = starts[i] + kept.Count(ids.AsSpan(range));
        }

        NumberRewrite.SetIndices(edit, _node, "starts", 1, starts);
        NumberRewrite.SetIndices(edit, _node, "ends", 2, ends);
    }

    private static IReadOnlyList<long>? Longs(NodeChannels node, string attribute, int input) => node.Node.GetInts(attribute) ?? node.Inference.Longs(input);
}
