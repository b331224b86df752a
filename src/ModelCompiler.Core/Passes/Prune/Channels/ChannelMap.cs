using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The channels of every value that they have been followed to, constants included.</summary>
/// <remarks>
/// A constant with several long axes, such as the weight of a layer, has one set of channels for all its readers: what two layers share loses the same
/// channels in both. A vector, such as a bias, has channels of its own for each reader, and is copied when it is cut: equal vectors of layers
/// that have nothing to do with each other may have been merged.
/// </remarks>
internal sealed class ChannelMap(ChannelSets sets)
{
    private readonly Dictionary<Value, ValueChannels> _values = [];
    private readonly Dictionary<Value, ConstantChannels> _shared = [];
    private readonly Dictionary<Use, ConstantChannels> _ofOneReader = [];

    public IEnumerable<ConstantChannels> Constants => _shared.Values.Concat(_ofOneReader.Values);

    public IReadOnlyDictionary<Value, ValueChannels> Values => _values;

    public void Set(Value value, ValueChannels channels) => _values[value] = channels;

    /// <summary>Null where not even the rank is known.</summary>
    public ValueChannels? Find(Value value) => _values.GetValueOrDefault(value);

    /// <summary>The channels of a constant as one of its readers sees them.</summary>
    public ValueChannels Of(Use use, Tensor tensor)
    {
        var value = use.Node.Inputs[use.Index]!;
        if (!CanBeCut(tensor))
            return ValueChannels.None(tensor.Rank);
        if (IsVector(tensor))
        {
            if (!_ofOneReader.TryGetValue(use, out var found))
                _ofOneReader[use] = found = new(tensor, [use], Fresh(tensor));
            return found.Channels;
        }

        if (!_shared.TryGetValue(value, out var shared))
        {
            _shared[value] = shared = new(tensor, [.. value.Uses], Fresh(tensor));
            if (value.IsGraphOutput)
                Lock(shared.Channels, $"'{value.Name}' is an output of the model");
        }

        return shared.Channels;
    }

    /// <summary>What a reader does that no rule speaks of: a vector is copied for others, a weight must stay as it is.</summary>
    public void LockShared(Use use, Tensor tensor, string reason)
    {
        if (CanBeCut(tensor) && !IsVector(tensor))
            Lock(Of(use, tensor), reason);
    }

    public void Lock(ValueChannels channels, string reason)
    {
        foreach (var id in channels.Followed.SelectMany(ids => ids))
            sets.Lock(id, reason);
    }

    private static bool CanBeCut(Tensor tensor) => tensor.Type.BitWidth() is > 0 and var bits && bits % 8 == 0 && tensor.Data.Length <= int.MaxValue;

    private static bool IsVector(Tensor tensor)
    {
        var longAxes = 0;
        foreach (var size in tensor.Dims)
            longAxes += size == 1 ? 0 : 1;
        return longAxes < 2;
    }

    private ValueChannels Fresh(Tensor tensor)
    {
        var axes = new int[]?[tensor.Rank];
        for (var axis = 0; axis < axes.Length; axis++)
            axes[axis] = sets.Add((int)tensor.Dims[axis]);
        return new(axes);
    }
}
