using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>
/// Which channels of a model can only go together, and the door through which they go. What stays computes what it did with the removed channels
/// counted as 0 wherever a layer sums over them.
/// </summary>
/// <remarks>
/// Found by following the index of every channel through the graph (the dependency graph of Fang et al., DepGraph, 2023, on the level of single channels): a layer
/// makes channels, another sums over them, and what lies between says which places meet. Units are numbered in graph order, so that a clone of
/// the model has the same. Only the model's own graph is followed; what nested graphs read stays.
/// </remarks>
internal sealed class CoupledChannels
{
    private readonly ChannelTrace _trace;
    private readonly ChannelUnits _units;
    private readonly ChannelRemoval _removal;

    private CoupledChannels(Graph graph, InferredTypes types)
    {
        _trace = ChannelTrace.Of(graph, types);
        _units = new(_trace.Sets, _trace.Producers);
        Groups = GroupedUnits.Of(_trace, _units);
        Locked = [.. LockedOf(_trace)];
        _removal = new(graph, _trace, _units, Groups);
    }

    /// <summary>The units that can go, by the layers that make them, in graph order.</summary>
    public IReadOnlyList<ChannelGroup> Groups { get; }

    /// <summary>What layers make and cannot lose, with the reasons.</summary>
    public IReadOnlyList<LockedChannels> Locked { get; }

    /// <summary>Finds the units of a model. It is left as it is.</summary>
    public static CoupledChannels Of(Model model) => new(model.Graph, ShapeInference.Run(model));

    /// <summary>The unit of each place along an axis of a value that is not constant: −1 for places that stay. Null where the axis is not followed.</summary>
    public int[]? UnitsOf(Value value, int axis) => _trace.Map.Find(value) is { } channels && axis < channels.Rank && channels[axis] is { } ids ? _units.Of(ids) : null;

    /// <summary>The multiply-accumulates that units take part in.</summary>
    /// <param name="model">The model in which the units were found.</param>
    /// <param name="types">The sizes to count with.</param>
    /// <returns>Null where the sizes of a layer are not known.</returns>
    public ChannelMacs? MacsOf(Model model, InferredTypes types) => ChannelMacs.Of(model, _trace.Works, _units, types);

    /// <summary>Those of the units, in the order given, that can go together with all before them without leaving an axis of any value empty.</summary>
    public IReadOnlySet<int> Removable(IEnumerable<int> units) => _removal.Removable(units);

    /// <summary>
    /// Removes units, one edit for each group, once: what is left has other units. Weights that nobody reads any more are left to <see cref="Simplify.RemoveDeadNodes"/>.
    /// </summary>
    /// <exception cref="ArgumentException">An axis would be left empty: ask <see cref="Removable"/> first.</exception>
    public void Remove(IReadOnlySet<int> units, PassContext context) => _removal.Remove(units, context);

    private static IEnumerable<LockedChannels> LockedOf(ChannelTrace trace)
    {
        var locked = trace.Producers
            .SelectMany(producer => producer.Ids.Select(id => (producer.Node, Reason: trace.Sets.LockOf(id))).Where(channel => channel.Reason is not null))
            .GroupBy(channel => channel)
            .Select(channels => new LockedChannels(channels.Key.Node, channels.Count(), channels.Key.Reason!));
        return locked.Concat(trace.Refused.Select(layer => new LockedChannels(layer.Node, null, layer.Reason)));
    }
}
