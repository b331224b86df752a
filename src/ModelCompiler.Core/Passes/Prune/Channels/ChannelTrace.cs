using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Follows channels through a graph, node by node.</summary>
internal sealed class ChannelTrace
{
    /// <summary>Longer axes hold pixels, samples or words, not channels.</summary>
    public const int MaxPlaces = 1 << 20;

    private ChannelTrace() => Map = new(Sets);

    public ChannelSets Sets { get; } = new();

    public ChannelMap Map { get; }

    /// <summary>Where channels are made, in graph order.</summary>
    public List<LayerAxis> Producers { get; } = [];

    /// <summary>Where channels are summed over, in graph order.</summary>
    public List<LayerAxis> Consumers { get; } = [];

    /// <summary>Layers that no rule can say anything of, with the reasons, in graph order.</summary>
    public List<(Node Node, string Reason)> Refused { get; } = [];

    public List<LayerWork> Works { get; } = [];

    public List<ChannelRewrite> Rewrites { get; } = [];

    public static ChannelTrace Of(Graph graph, InferredTypes types)
    {
        var trace = new ChannelTrace();
        foreach (var input in graph.Inputs)
        {
            if (input.Constant is null)
                trace.Begin(input, input.Initializer is null ? $"'{input.Name}' is an input of the model" : $"callers may override '{input.Name}'", types);
        }

        foreach (var node in graph.Nodes)
            trace.Follow(node, types);
        foreach (var output in graph.Outputs)
            trace.Stop(output, $"'{output.Name}' is an output of the model");
        foreach (var constant in trace.Map.Constants.Where(constant => constant.Uses.Any(use => use.Node.Graph != graph)).ToArray())
            trace.Map.Lock(constant.Channels, $"'{constant.Uses[0].Node.Inputs[constant.Uses[0].Index]!.Name}' is read inside a control-flow operator");
        trace.LockLastOnes();
        return trace;
    }

    /// <summary>A value all of whose places stay, as far as their number is known.</summary>
    private void Begin(Value value, string reason, InferredTypes types)
    {
        if (types.ShapeOf(value) is { } shape)
            Map.Set(value, new([.. shape.Select(size => size.Size is { } places && NodeChannels.CanFollow(places) ? Locked((int)places, reason) : null)]));
    }

    /// <summary>Places that share one locked channel.</summary>
    private int[] Locked(int places, string reason)
    {
        var id = Sets.Add(1);
        Sets.Lock(id[0], reason);
        return [.. Enumerable.Repeat(id[0], places)];
    }

    private void Follow(Node node, InferredTypes types)
    {
        foreach (var captured in node.Captures)
            Stop(captured, $"'{captured.Name}' is read inside {node}");
        var channels = new NodeChannels(node, this, types);
        var rule = node.Outputs is [{ }, ..] ? ChannelRules.Find(node) : null;
        rule?.Invoke(channels);
        if (rule is not null && channels.Refusal is null && node.Outputs.OfType<Value>().Any(output => output.IsUsed && Map.Find(output) is null))
            channels.Refuse($"{node} has a form that channels are not followed through");
        var reason = rule is null ? $"channels are not followed through {node}" : channels.Refusal ?? $"{node} computes with them";
        channels.LockUnasked(reason);
        if (channels.Refusal is { } refusal && IsLayer(node))
            Refused.Add((node, refusal));
        foreach (var inner in node.Subgraphs.SelectMany(nested => nested.SelfAndNested).SelectMany(nested => nested.Nodes).Where(IsLayer))
            Refused.Add((inner, $"it is computed inside {node}"));
        foreach (var output in node.Outputs.OfType<Value>())
        {
            if (Map.Find(output) is null)
                Begin(output, reason, types);
        }
    }

    private static bool IsLayer(Node node) => node.Is("Conv") || node.Is("ConvTranspose") || node.Is("Gemm") || node.Is("MatMul");

    private void Stop(Value value, string reason)
    {
        if (Map.Find(value) is { } channels)
            Map.Lock(channels, reason);
    }

    /// <summary>A set that is all there is along an axis of some value cannot go: no axis may become empty.</summary>
    private void LockLastOnes()
    {
        foreach (var (value, channels) in Map.Values)
            LockLastOnes(channels, value.Name);
        foreach (var constant in Map.Constants)
            LockLastOnes(constant.Channels, constant.Uses[0].Node.Inputs[constant.Uses[0].Index]!.Name);
    }

    private void LockLastOnes(ValueChannels channels, string name)
    {
        foreach (var ids in channels.Followed)
        {
            if (ids.Length > 0 && Sets.CountSets(ids) == 1)
                Sets.Lock(ids[0], $"without them an axis of '{name}' would be empty");
        }
    }
}
