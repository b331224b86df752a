using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>
/// One node as a rule sees it: the channels of what it reads, and where the rule says how they go on. What a rule does not ask for
/// is locked, and so is everything when it leaves an output that is read without channels: forgetting something never breaks a model.
/// </summary>
internal sealed class NodeChannels(Node node, ChannelTrace trace, InferredTypes types)
{
    private readonly HashSet<int> _asked = [];

    public Node Node => node;

    public long Opset => node.Graph.Model.Opset;

    public ChannelSets Sets => trace.Sets;

    /// <summary>What shape inference knows of the node.</summary>
    public NodeInference Inference { get; } = new(node, types);

    public Shape? Shape(int input) => Inference.Shape(input);

    public Shape? OutputShape(int output = 0) => node.Outputs[output] is { } value ? types.ShapeOf(value) : null;

    /// <summary>The channels of an input; null where it is left out or not even its rank is known.</summary>
    public ValueChannels? Input(int index)
    {
        _asked.Add(index);
        if (node.Input(index) is not { } value)
            return null;
        return value.Constant is { } constant ? trace.Map.Of(new Use(node, index), constant) : trace.Map.Find(value);
    }

    /// <summary>False for numbers of places that no axis of channels has, as damaged models give them.</summary>
    public static bool CanFollow(long places) => places is >= 0 and <= ChannelTrace.MaxPlaces;

    /// <summary>The size of an axis of an input, where it is known.</summary>
    public long? Size(int input, int axis) => Input(input)?[axis]?.Length ?? (Shape(input) is { } shape && axis < shape.Rank ? shape[axis].Size : null);

    public void Set(int output, ValueChannels channels)
    {
        if (output >= node.Outputs.Count || node.Outputs[output] is not { } value)
            return;
        if (Fits(channels, OutputShape(output)))
            trace.Map.Set(value, channels);
        else
            Lock(channels, $"{node} has sizes that contradict each other");
    }

    public void Set(int output, IEnumerable<int[]?> axes) => Set(output, new ValueChannels([.. axes]));

    /// <summary>Places that meet each other go together. Where one side is not followed, the other one must stay.</summary>
    public void Join(int[]? a, int[]? b, string otherwise)
    {
        if (a is null || b is null || a.Length != b.Length)
        {
            Lock(a, otherwise);
            Lock(b, otherwise);
            return;
        }

        for (var i = 0; i < a.Length; i++)
            Sets.Join(a[i], b[i]);
    }

    public void Lock(int[]? ids, string reason)
    {
        foreach (var id in ids ?? [])
            Sets.Lock(id, reason);
    }

    public void Lock(ValueChannels? channels, string reason)
    {
        if (channels is not null)
            trace.Map.Lock(channels, reason);
    }

    /// <summary>Why the rule gave up; null where it did not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Nothing that the node reads can lose channels.</summary>
    public void Refuse(string reason)
    {
        Refusal = reason;
        for (var i = 0; i < node.Inputs.Count; i++)
            Lock(Input(i), reason);
    }

    /// <summary>Places that always stay.</summary>
    public int[] Locked(long count, string reason)
    {
        var ids = Sets.Add((int)count);
        Lock(ids, reason);
        return ids;
    }

    /// <summary>The layer makes these channels along an axis of its weight.</summary>
    public void Makes(int weight, int axis, int outputAxis)
    {
        if (Input(weight)?[axis] is { } ids)
            trace.Producers.Add(new(node, weight, axis, node.Output, outputAxis, ids));
    }

    /// <summary>The layer sums over these channels along an axis of its weight.</summary>
    public void SumsOver(int weight, int axis, int data, int dataAxis)
    {
        if (Input(weight)?[axis] is { } ids)
            trace.Consumers.Add(new(node, weight, axis, node.Inputs[data]!, dataAxis, ids));
    }

    /// <summary>The multiply-accumulates of the node have the sizes of these axes as factors.</summary>
    public void Works(IEnumerable<int[]?> axes) => trace.Works.Add(new(node, [.. axes.OfType<int[]>()]));

    /// <summary>Has numbers of the node rewritten when one of these channels goes.</summary>
    public void OnRemoval(IEnumerable<int[]?> axes, Action<GraphEdit, KeptChannels> rewrite)
    {
        var ids = axes.OfType<int[]>().SelectMany(axis => axis).Distinct().ToArray();
        if (ids.Length > 0)
            trace.Rewrites.Add(new(ids, rewrite));
    }

    /// <summary>Locks what no rule has asked for.</summary>
    public void LockUnasked(string reason)
    {
        for (var i = 0; i < node.Inputs.Count; i++)
        {
            if (_asked.Contains(i) || node.Inputs[i] is not { } value)
                continue;
            if (value.Constant is { } constant)
                trace.Map.LockShared(new Use(node, i), constant, reason);
            else
                Lock(trace.Map.Find(value), reason);
        }
    }

    private static bool Fits(ValueChannels channels, Shape? shape)
    {
        if (shape is null)
            return true;
        return shape.Rank == channels.Rank
            && Enumerable.Range(0, shape.Rank).All(axis => channels[axis] is not { } ids || shape[axis].Size is not { } size || size == ids.Length);
    }
}
