using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A layer that sums over channels which may go: what it loses with each of them, and the weights with which it does best without those that went.</summary>
internal abstract class ConsumerOfChannels : IChannelLoss
{
    protected ConsumerOfChannels(WeightAxis axis) => Axis = axis;

    protected WeightAxis Axis { get; }

    public abstract double Of(int unit);

    /// <summary>The unit is gone: what the others are worth may change.</summary>
    public abstract void Remove(int unit);

    /// <summary>Gives the layer of the same name in a copy of the model the weights of now: those of removed units are 0.</summary>
    public abstract void WriteTo(GraphEdit edit);

    /// <summary>The place of each unit's channels along the axis of the weight.</summary>
    protected static Dictionary<int, int[]> PlacesOfUnits(WeightAxis axis) => Enumerable.Range(0, axis.Units.Count)
        .Where(place => axis.Units[place] >= 0)
        .GroupBy(place => axis.Units[place])
        .ToDictionary(places => places.Key, places => places.ToArray());

    protected Node InCopy(Graph copy) => copy.Nodes.First(node => node.Outputs[0]?.Name == Axis.Node.Output.Name);
}
