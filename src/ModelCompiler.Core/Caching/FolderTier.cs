namespace ModelCompiler.Caching;

/// <summary>The cache in a folder of this machine.</summary>
/// <param name="folder">Made when the first entry is written.</param>
/// <param name="mostBytes">Of all contents together.</param>
internal sealed class FolderTier(string folder, long mostBytes) : ICacheTier
{
    private const long MostBytesOfActions = 16L << 20;

    private readonly ContentStore _actions = new(Path.Combine(folder, "ac"), MostBytesOfActions);
    private readonly ContentStore _contents = new(Path.Combine(folder, "cas"), mostBytes);

    public bool Get(CacheEntry entry, Stream target, long mostBytes)
    {
        using var content = StoreOf(entry).Open(entry.Hash);
        if (content is null || content.Length - content.Position > mostBytes)
            return false;
        content.CopyTo(target);
        return true;
    }

    public void Put(CacheEntry entry, Stream content) => StoreOf(entry).Put(entry.Hash, content.CopyTo);

    private ContentStore StoreOf(CacheEntry entry) => entry.Kind == EntryKind.Action ? _actions : _contents;
}
