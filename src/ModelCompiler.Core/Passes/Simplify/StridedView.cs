using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>What a chain of Slices takes from a tensor: along each axis the places start, start + step, start + 2·step, ….</summary>
internal sealed class StridedView
{
    private StridedView(AxisView[] axes) => Axes = axes;

    public IReadOnlyList<AxisView> Axes { get; }

    /// <summary>The nearest value that all <paramref name="parts"/> are cut from by Slices alone, or are themselves; null where there is none.</summary>
    public static Value? SourceOf(IReadOnlyList<Value> parts) =>
        Origins(parts[0]).FirstOrDefault(origin => parts.All(part => Origins(part).Contains(origin)));

    /// <summary>What <paramref name="part"/> takes from <paramref name="source"/>; null where the bounds are not known or a step goes backwards.</summary>
    public static StridedView? Of(Value part, Value source, int rank, InferredTypes types)
    {
        if (part == source)
            return new([.. Enumerable.Range(0, rank).Select(axis => AxisView.Whole(types.ShapeOf(source) is { } shape && shape.Rank == rank ? shape[axis].Size : null))]);
        var slice = part.Producer!;
        return Of(slice.Inputs[0]!, source, rank, types)?.Sliced(slice, types);
    }

    private static IEnumerable<Value> Origins(Value part)
    {
        for (var value = part; value is not null; value = value.Producer is { } slice && slice.Is("Slice") ? slice.Input(0) : null)
            yield return value;
    }

    private StridedView? Sliced(Node slice, InferredTypes types)
    {
        var inference = new NodeInference(slice, types);
        if (!inference.TryLongs("starts", 1, out var starts) || !inference.TryLongs("ends", 2, out var ends)
            || !inference.TryLongs("axes", 3, out var given) || !inference.TryLongs("steps", 4, out var steps)
            || starts is null || ends?.Count != starts.Count || (given ?? starts).Count != starts.Count || (steps ?? starts).Count != starts.Count)
            return null;
        var axes = (AxisView[])Axes.ToArray().Clone();
        for (var i = 0; i < starts.Count; i++)
        {
            if (NodeInference.Axis(given is null ? i : given[i], axes.Length) is not { } axis || axes[axis].Sliced(starts[i], ends[i], steps?[i] ?? 1) is not { } sliced)
                return null;
            axes[axis] = sliced;
        }

        return new(axes);
    }
}

/// <summary>The places start + i·step of one axis, i from 0 to below count; a count of null goes to the end of an axis whose size is open.</summary>
internal readonly record struct AxisView(long Start, long Step, long? Count)
{
    /// <summary>Steps beyond this belong to damaged graphs, and could overflow.</summary>
    private const long MaxStep = 1 << 20;

    public static AxisView Whole(long? size) => new(0, 1, size);

    /// <summary>Null for what is empty, goes backwards, or may end before the end of an open axis.</summary>
    public AxisView? Sliced(long start, long end, long step)
    {
        if (step is < 1 or > MaxStep || Step * step > MaxStep)
            return null;
        if (Count is { } size)
            return SliceRange.Of(start, end, step, size) is { Count: > 0 } range ? new(Start + (Step * range.Start), Step * step, range.Count) : null;
        return start is >= 0 and <= MaxStep && end >= int.MaxValue ? new(Start + (Step * start), Step * step, null) : null;
    }
}
