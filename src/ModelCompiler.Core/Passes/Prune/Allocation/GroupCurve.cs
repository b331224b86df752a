namespace ModelCompiler.Passes;

/// <summary>A group with some of its units gone.</summary>
/// <param name="Units">How many, in the order of <see cref="GroupCurve.Order"/>.</param>
/// <param name="Cost">What that costs by itself.</param>
internal sealed record GroupStep(int Units, double Cost);

/// <summary>What it costs to take more and more units from a group.</summary>
/// <param name="Order">Its units, the first to go first.</param>
/// <param name="Steps">From none to most, with costs that never fall.</param>
internal sealed record GroupCurve(IReadOnlyList<int> Order, IReadOnlyList<GroupStep> Steps)
{
    /// <param name="group">The group.</param>
    /// <param name="removals">It after each unit that went.</param>
    /// <param name="cost">What that costs.</param>
    /// <param name="widths">Which numbers of channels layers keep.</param>
    public static GroupCurve Of(ChannelGroup group, IEnumerable<Removal> removals, IRemovalCost cost, ChannelWidths widths)
    {
        var order = new List<int>();
        var known = new List<GroupStep> { new(0, 0) };
        foreach (var removal in removals)
        {
            order.Add(removal.Removed[^1]);
            if (cost.Of(removal) is { } found)
                known.Add(new GroupStep(order.Count, Math.Max(known[^1].Cost, found)));
        }

        return new(order, [known[0], .. ChannelSteps.Of(group, order, widths).Select(units => new GroupStep(units, Between(known, units)))]);
    }

    /// <summary>On the line between the two numbers of units next to it.</summary>
    private static double Between(List<GroupStep> known, int units)
    {
        var after = known.FindIndex(step => step.Units >= units);
        if (after < 0)
            return known[^1].Cost;
        if (known[after].Units == units)
            return known[after].Cost;
        var (low, high) = (known[after - 1], known[after]);
        return low.Cost + ((high.Cost - low.Cost) * (units - low.Units) / (high.Units - low.Units));
    }
}
