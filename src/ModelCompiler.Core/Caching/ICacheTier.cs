namespace ModelCompiler.Caching;

/// <summary>A place where entries are kept. What it gives is not trusted: it may be cut off, altered or not at all what was asked for.</summary>
internal interface ICacheTier
{
    /// <summary>Copies an entry to a stream.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="target">Receives the bytes; where the answer is false, perhaps some of them.</param>
    /// <param name="mostBytes">A larger entry is as good as none.</param>
    /// <returns>False where it is not there, or cannot be had.</returns>
    bool Get(CacheEntry entry, Stream target, long mostBytes);

    /// <summary>Keeps an entry, where that is possible.</summary>
    void Put(CacheEntry entry, Stream content);
}
