using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Which elements of a vector of sizes are read: all, unless only Gathers and Slices with constant indices read it, Casts between.</summary>
internal static class PickedSizes
{
    public static IReadOnlySet<int> Of(Value sizes, int count)
    {
        var all = Enumerable.Range(0, count).ToHashSet();
        if (sizes.IsGraphOutput)
            return all;
        var picked = new HashSet<int>();
        foreach (var use in sizes.Uses)
            picked.UnionWith(use.Index == 0 && Picked(use.Node, count) is { } some ? some : all);
        return picked;
    }

    private static IEnumerable<int>? Picked(Node reader, int count)
    {
        if (reader.Is("Cast") || reader.Is("Identity"))
            return Of(reader.Output, count);
        if (reader.Is("Gather") && reader.Input(1)?.Constant is { } indices)
            return indices.ToLongs().Select(index => (int)(index < 0 ? index + count : index));
        if (reader.Is("Slice") && Bound(reader, "starts", 1) is [var start] && Bound(reader, "ends", 2) is [var end] && (reader.Input(4) is null || Bound(reader, "", 4) is [1]))
            return SliceRange.Of(start, end, 1, count)?.Indices.Select(index => (int)index);
        return null;
    }

    private static IReadOnlyList<long>? Bound(Node slice, string attribute, int input) => slice.GetInts(attribute) ?? slice.Input(input)?.Constant?.ToLongs();
}
