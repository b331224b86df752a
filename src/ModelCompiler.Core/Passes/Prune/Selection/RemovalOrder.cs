namespace ModelCompiler.Passes;

/// <summary>A group on the way from all its units to one.</summary>
/// <param name="Group">The group.</param>
/// <param name="Consumers">The layers that sum over its channels, with the weights of now.</param>
/// <param name="Removed">The units that went, the first one first.</param>
/// <param name="LocalLoss">What consumers have lost until now, as a share of what their outputs vary.</param>
internal sealed record Removal(ChannelGroup Group, IReadOnlyList<ConsumerOfChannels> Consumers, IReadOnlyList<int> Removed, double LocalLoss);

/// <summary>Takes the units of a group away, each time the one whose loss is least by then.</summary>
internal static class RemovalOrder
{
    /// <summary>The group after each unit that went; the last one stays.</summary>
    /// <param name="group">Its units.</param>
    /// <param name="consumers">The layers that sum over the group's channels; they are told of each unit that goes.</param>
    /// <param name="choice">Decides which unit goes next.</param>
    public static IEnumerable<Removal> Of(ChannelGroup group, IReadOnlyList<ConsumerOfChannels> consumers, IChannelLoss choice)
    {
        var losses = new ConsumersLoss(consumers);
        var left = group.Units.ToList();
        var removed = new List<int>();
        var lost = 0.0;
        while (left.Count > 1)
        {
            var next = left.MinBy(choice.Of);
            lost += losses.Of(next);
            left.Remove(next);
            removed.Add(next);
            foreach (var consumer in consumers)
                consumer.Remove(next);
            yield return new Removal(group, consumers, removed, lost);
        }
    }
}
