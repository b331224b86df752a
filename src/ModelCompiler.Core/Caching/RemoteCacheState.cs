namespace ModelCompiler.Caching;

/// <summary>What became known of a server while it was used.</summary>
internal sealed class RemoteCacheState
{
    /// <summary>After trouble: nobody waits for it a second time.</summary>
    public bool IsLeftAlone { get; set; }

    /// <summary>It does not take results from here.</summary>
    public bool IsReadOnly { get; set; }
}
