namespace ModelCompiler.Passes;

/// <summary>How many units of a group may go: so many that every layer that makes them keeps a multiple of channels, and none is left empty.</summary>
internal static class ChannelSteps
{
    /// <param name="group">The group.</param>
    /// <param name="order">Its units, the first to go first.</param>
    /// <param name="widths">Which numbers of channels layers keep.</param>
    public static IReadOnlyList<int> Of(ChannelGroup group, IReadOnlyList<int> order, ChannelWidths widths)
    {
        var channels = group.Producers.Select(producer => producer.Units.GroupBy(unit => unit).ToDictionary(places => places.Key, places => places.Count())).ToArray();
        int[] multiples = [.. group.Producers.Select(producer => widths.MultipleOf(producer.Units.Count))];
        int[] left = [.. group.Producers.Select(producer => producer.Units.Count)];
        var steps = new List<int>();
        for (var removed = 1; removed <= order.Count; removed++)
        {
            for (var i = 0; i < left.Length; i++)
                left[i] -= channels[i].GetValueOrDefault(order[removed - 1]);
            if (left.Zip(multiples).All(layer => layer.First > 0 && layer.First % layer.Second == 0))
                steps.Add(removed);
        }

        return steps;
    }
}
