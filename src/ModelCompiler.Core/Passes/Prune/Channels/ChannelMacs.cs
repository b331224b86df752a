using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Multiply-accumulates of a model as units go: each layer's are a product of sizes, some of which units are counted in.</summary>
internal sealed class ChannelMacs
{
    private readonly IReadOnlyList<(long PerPlace, int[][] Axes)> _layers;
    private readonly ILookup<int, int> _layersOfUnit;

    private ChannelMacs(long all, IReadOnlyList<(long PerPlace, int[][] Axes)> layers)
    {
        All = all;
        _layers = layers;
        _layersOfUnit = layers
            .SelectMany((layer, i) => layer.Axes.SelectMany(axis => axis).Where(unit => unit >= 0).Distinct().Select(unit => (unit, i)))
            .ToLookup(pair => pair.unit, pair => pair.i);
    }

    /// <summary>With all units.</summary>
    public long All { get; }

    public static ChannelMacs? Of(Model model, IReadOnlyList<LayerWork> works, ChannelUnits units, InferredTypes types)
    {
        if (MultiplyAccumulates.Of(model.Graph, types) is not { } all)
            return null;
        var layers = works.Select(work => (MultiplyAccumulates.Of(work.Node, types)!.Value / work.Axes.Aggregate(1L, (product, ids) => product * ids.Length), work.Axes.Select(units.Of).ToArray()));
        return new(all, [.. layers]);
    }

    /// <summary>What is left when some units are gone.</summary>
    public long Without(IReadOnlySet<int> units) =>
        All - units.SelectMany(unit => _layersOfUnit[unit]).Distinct().Sum(i => Count(_layers[i], _ => false) - Count(_layers[i], units.Contains));

    /// <summary>What one unit costs while all others are there.</summary>
    public long OfUnit(int unit) => All - Without(new HashSet<int> { unit });

    private static long Count((long PerPlace, int[][] Axes) layer, Predicate<int> isRemoved) =>
        layer.Axes.Aggregate(layer.PerPlace, (product, axis) => product * axis.Count(unit => !isRemoved(unit)));
}
