using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Takes units out of a graph: cuts weights, rewrites numbers of nodes, and shortens the declared types of values.</summary>
/// <remarks>Each edit starts from what was found at first and leaves out all that has gone until then, so that every prefix of the edits is a sound model.</remarks>
internal sealed class ChannelRemoval
{
    private readonly Graph _graph;
    private readonly ChannelTrace _trace;
    private readonly ChannelUnits _units;
    private readonly IReadOnlyList<ChannelGroup> _groups;
    private readonly AxisFloors _floors;
    private readonly ILookup<int, ConstantChannels> _constants;
    private readonly ILookup<int, ChannelRewrite> _rewrites;
    private readonly ILookup<int, KeyValuePair<Value, ValueChannels>> _values;
    private readonly HashSet<int> _removed = [];

    public ChannelRemoval(Graph graph, ChannelTrace trace, ChannelUnits units, IReadOnlyList<ChannelGroup> groups)
    {
        _graph = graph;
        _trace = trace;
        _units = units;
        _groups = groups;
        _floors = new(trace, units);
        _constants = BySet(trace.Map.Constants, constant => constant.Channels.Followed.SelectMany(ids => ids));
        _rewrites = BySet(trace.Rewrites, rewrite => rewrite.Ids);
        _values = BySet(trace.Map.Values, value => value.Value.Followed.SelectMany(ids => ids));
    }

    public IReadOnlySet<int> Removable(IEnumerable<int> units) => _floors.Removable(units);

    public void Remove(IReadOnlySet<int> units, PassContext context)
    {
        if (_removed.Count > 0)
            throw new InvalidOperationException("Units have gone already: find those of the model as it is now.");
        if (Removable(units).Count < units.Count)
            throw new ArgumentException("Without these units an axis of some value would be empty.", nameof(units));
        foreach (var group in _groups)
        {
            var going = group.Units.Where(units.Contains).ToArray();
            if (going.Length > 0 && !context.Apply(EditOf(group, _units.RootsOf(going).ToHashSet())))
                return;
        }
    }

    private GraphEdit EditOf(ChannelGroup group, HashSet<int> going)
    {
        _removed.UnionWith(going);
        var kept = new KeptChannels(_trace.Sets, _removed);
        var edit = new GraphEdit(_graph, string.Create(CultureInfo.InvariantCulture, $"remove {going.Count} of {group.Units.Count} channels that {group.Producers[0].Node} makes"));
        foreach (var constant in Touched(_constants, going))
            Cut(edit, constant, kept);
        foreach (var rewrite in Touched(_rewrites, going))
            rewrite.Apply(edit, kept);
        foreach (var (value, channels) in Touched(_values, going))
            Shorten(edit, value, channels, kept);
        return edit;
    }

    /// <summary>What depends on channels, by the sets that these are in.</summary>
    private ILookup<int, T> BySet<T>(IEnumerable<T> items, Func<T, IEnumerable<int>> ids) =>
        items.SelectMany(item => ids(item).Select(_trace.Sets.Find).Distinct().Select(set => (set, item))).ToLookup(pair => pair.set, pair => pair.item);

    private static IEnumerable<T> Touched<T>(ILookup<int, T> items, HashSet<int> going) => going.Order().SelectMany(set => items[set]).Distinct();

    private static void Cut(GraphEdit edit, ConstantChannels constant, KeptChannels kept)
    {
        var tensor = constant.Tensor;
        for (var axis = 0; axis < tensor.Rank; axis++)
        {
            if (constant.Channels[axis] is { } ids && kept.Count(ids) < ids.Length)
                tensor = CutTensor.Keep(tensor, axis, kept.Places(ids));
        }

        var first = constant.Uses[0];
        var cut = edit.AddInitializer(first.Node.Inputs[first.Index]!.Name, tensor);
        foreach (var use in constant.Uses)
            edit.SetInput(use.Node, use.Index, cut);
    }

    /// <summary>Declared sizes follow; what is declared of another rank is wrong already, and stays.</summary>
    private static void Shorten(GraphEdit edit, Value value, ValueChannels channels, KeptChannels kept)
    {
        if (value.TensorType is not { Shape: { } shape } type || shape.Rank != channels.Rank)
            return;
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis].IsFixed && channels[axis] is { } ids)
                shape = shape.With(axis, Dimension.Of(kept.Count(ids)));
        }

        edit.SetType(value, type with { Shape = shape });
    }
}
