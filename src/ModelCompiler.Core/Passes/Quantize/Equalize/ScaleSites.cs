using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Finds the channels of a graph that can be scaled without changing what it computes.</summary>
/// <remarks>
/// Every layer with constant weights begins new channels, whose scales are unknown. Operators that treat a channel by itself hand them on; a layer with
/// constant weights takes them up. Whatever else reads them (a sum with other channels, a Clip, a Sigmoid, a nested graph), and the outputs of the graph, fix their scales at 1.
/// Source: cross-layer equalization; Nagel et al., 2019, arXiv:1906.04721.
/// </remarks>
internal sealed class ScaleSites
{
    private readonly Graph _graph;
    private readonly InferredTypes _types;
    private readonly ChannelScaleVariables _variables = new();
    private readonly Dictionary<Value, ScaledChannels> _channels = [];
    private readonly List<(ChannelParameter Parameter, int[] Variables)> _makers = [];
    private readonly List<(SummedWeight Layer, int[] Variables)> _readers = [];

    private ScaleSites(Graph graph)
    {
        _graph = graph;
        _types = ShapeInference.Run(graph.Model);
    }

    /// <summary>In the order in which they are made; those that no layer reads are left out.</summary>
    public static IReadOnlyList<ScaleSite> Of(Graph graph)
    {
        var sites = new ScaleSites(graph);
        foreach (var node in graph.Nodes)
            sites.Visit(node);
        sites.FixWhatLeaves();
        return sites.Group();
    }

    private void Visit(Node node)
    {
        if (ScalableLayer.Of(node, _types) is { } layer)
            VisitLayer(layer);
        else if (node.Is("Concat"))
            VisitConcat(node);
        else if (node.Is("Add") && Shifted(node) is var (channels, shift))
            HandOn(node, channels, shift);
        else if (node.Input(0) is { } input && _channels.GetValueOrDefault(input) is { } read && ChannelMoves.Through(node, read, _types) is { } moved)
            _channels[node.Output] = moved;
        else
            Fix(node.Inputs);
    }

    private void VisitLayer(ScalableLayer layer)
    {
        var node = layer.Node;
        if (layer.Reader is { } reader && _channels.GetValueOrDefault(node.Inputs[0]!) is { } read && Fits(read, reader))
            _readers.Add((reader, read.Variables));
        else
            Fix(node.Inputs);
        var made = new ScaledChannels(layer.Made.Rank, layer.Made.Axis, _variables.Add(layer.Made.Count));
        _channels[node.Output] = made;
        _makers.AddRange(layer.Parameters.Select(parameter => (parameter, made.Variables)));
    }

    private static bool Fits(ScaledChannels read, SummedWeight reader) =>
        read.Variables.Length == reader.Inputs && read.Axis == (reader.InputAxis < 0 ? read.Rank - 1 : reader.InputAxis);

    /// <summary>Along the channels, each input keeps its own.</summary>
    private void VisitConcat(Node node)
    {
        if (node.Inputs.OfType<Value>().Select(_channels.GetValueOrDefault).FirstOrDefault(channels => channels is not null) is not { } known)
            return;
        var axis = (int)node.GetInt("axis", 1);
        var parts = node.Inputs.OfType<Value>().Select(value => _channels.GetValueOrDefault(value) ?? Unscaled(value, known)).ToArray();
        if ((axis < 0 ? axis + known.Rank : axis) == known.Axis && Array.TrueForAll(parts, part => part?.Rank == known.Rank && part.Axis == known.Axis))
            _channels[node.Output] = known with { Variables = [.. parts.SelectMany(part => part!.Variables)] };
        else
            Fix(node.Inputs);
    }

    /// <summary>Channels that nothing scales; null where their number is not known.</summary>
    private ScaledChannels? Unscaled(Value value, ScaledChannels like)
    {
        if (_types.ShapeOf(value) is not { } shape || shape.Rank != like.Rank || shape[like.Axis].Size is not { } count)
            return null;
        var variables = _variables.Add((int)count);
        _variables.Fix(variables);
        return like with { Variables = variables };
    }

    /// <summary>The sum with a constant that has a number for each channel, the bias of a MatMul: it is divided with them.</summary>
    private (ScaledChannels Channels, ChannelParameter Shift)? Shifted(Node node)
    {
        for (var constant = 0; constant < 2; constant++)
        {
            if (node.Input(1 - constant) is { } value && _channels.GetValueOrDefault(value) is { } channels && ChannelParameter.Broadcast(node, constant, channels.Layout) is { } shift)
                return (channels, shift);
        }

        return null;
    }

    private void HandOn(Node node, ScaledChannels channels, ChannelParameter shift)
    {
        _makers.Add((shift, channels.Variables));
        _channels[node.Output] = channels;
    }

    private void Fix(IEnumerable<Value?> values)
    {
        foreach (var value in values.OfType<Value>())
        {
            if (_channels.GetValueOrDefault(value) is { } channels)
                _variables.Fix(channels.Variables);
        }
    }

    private void FixWhatLeaves() => Fix(_channels.Keys.Where(value => value.IsGraphOutput || value.Uses.Any(use => use.Node.Graph != _graph)));

    /// <summary>Free channels that lie in one value belong together, and so do those that share one with them.</summary>
    private IReadOnlyList<ScaleSite> Group()
    {
        foreach (var channels in _channels.Values)
        {
            var free = Free(channels.Variables);
            foreach (var variable in free)
                _variables.Tie(free[0], variable);
        }

        return
        [
            .. _channels.Values.SelectMany(channels => Free(channels.Variables)).Distinct().GroupBy(_variables.Root)
                .Select(group => Site([.. group.Order()])).Where(site => site.Readers.Count > 0),
        ];
    }

    private int[] Free(int[] variables) => [.. variables.Where(variable => !_variables.IsFixed(variable))];

    private ScaleSite Site(int[] members)
    {
        var places = members.Index().ToDictionary(member => member.Item, member => member.Index);
        int[] PlacesOf(int[] variables) => Array.ConvertAll(variables, variable => places.GetValueOrDefault(variable, ScaleSite.Fixed));
        bool Belongs(int[] variables) => variables.Any(places.ContainsKey);
        var values = _channels.Where(pair => Belongs(pair.Value.Variables)).ToArray();
        return new(
            values[0].Key.Name,
            members.Length,
            [.. _makers.Where(maker => Belongs(maker.Variables)).Select(maker => (maker.Parameter, PlacesOf(maker.Variables)))],
            [.. _readers.Where(reader => Belongs(reader.Variables)).Select(reader => (reader.Layer, PlacesOf(reader.Variables)))],
            [.. values.Select(pair => (pair.Key, pair.Value with { Variables = PlacesOf(pair.Value.Variables) }))]);
    }
}
