namespace ModelCompiler.Passes;

/// <summary>Puts the units into groups: two that one layer makes are in the same.</summary>
internal static class GroupedUnits
{
    public static IReadOnlyList<ChannelGroup> Of(ChannelTrace trace, ChannelUnits units)
    {
        var together = new ChannelSets();
        together.Add(units.Count);
        var producers = WithUnits(trace.Producers, units);
        foreach (var producer in producers)
        {
            var free = Free(producer).ToArray();
            foreach (var unit in free)
                together.Join(unit, free[0]);
        }

        var consumers = WithUnits(trace.Consumers, units);
        var made = producers.ToLookup(producer => together.Find(Free(producer).First()));
        var read = consumers.SelectMany(consumer => Free(consumer).Select(together.Find).Distinct().Select(group => (group, consumer))).ToLookup(pair => pair.group, pair => pair.consumer);
        return [.. Enumerable.Range(0, units.Count).GroupBy(together.Find).Select((group, id) =>
            new ChannelGroup(id, [.. group], [.. made[group.Key]], [.. read[group.Key]]))];
    }

    private static List<WeightAxis> WithUnits(IEnumerable<LayerAxis> axes, ChannelUnits units) =>
    [
        .. axes.Select(axis => new WeightAxis(axis.Node, axis.Input, axis.Axis, axis.Data, axis.DataAxis, units.Of(axis.Ids))).Where(axis => Free(axis).Any()),
    ];

    private static IEnumerable<int> Free(WeightAxis axis) => axis.Units.Where(unit => unit >= 0);
}
