namespace ModelCompiler.Passes;

/// <summary>Makes every group give the same share of its units: what another one costs for its multiply-accumulates grows with the share that is gone.</summary>
internal sealed class UniformCost(ChannelMacs macs) : IRemovalCost
{
    public double? Of(Removal removal)
    {
        var share = removal.Removed.Count / (double)removal.Group.Units.Count;
        return share * share * macs.OfUnit(removal.Removed[0]) * removal.Group.Units.Count;
    }
}
