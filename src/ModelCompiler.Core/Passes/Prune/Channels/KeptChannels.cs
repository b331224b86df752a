namespace ModelCompiler.Passes;

/// <summary>Which channels stay, for whoever rewrites what depends on their number.</summary>
internal sealed class KeptChannels(ChannelSets sets, IReadOnlySet<int> removed)
{
    public bool Keeps(int id) => !removed.Contains(sets.Find(id));

    /// <summary>How many of the places along an axis stay.</summary>
    public int Count(ReadOnlySpan<int> ids)
    {
        var count = 0;
        foreach (var id in ids)
            count += Keeps(id) ? 1 : 0;
        return count;
    }

    /// <summary>The places along an axis that stay, in order.</summary>
    public int[] Places(int[] ids) => [.. Enumerable.Range(0, ids.Length).Where(place => Keeps(ids[place]))];
}
