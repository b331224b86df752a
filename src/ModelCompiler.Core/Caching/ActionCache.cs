using System.Security.Cryptography;

namespace ModelCompiler.Caching;

/// <summary>
/// Files that some work made, under the key of everything they follow from, in places of growing distance: what is found in one is kept in the nearer ones. A file counts only
/// where its content has the hash and the size that were promised.
/// </summary>
/// <param name="tiers">The nearest first.</param>
internal sealed class ActionCache(IReadOnlyList<ICacheTier> tiers)
{
    /// <summary>Brings all files of some work to a folder.</summary>
    /// <param name="key">Of everything they follow from.</param>
    /// <param name="isExpected">Whether the work makes a file of that name; a result with another one counts as absent.</param>
    /// <param name="folder">Exists. Where the answer is null it may hold some of them.</param>
    /// <returns>Their names; null where they cannot all be had.</returns>
    public IReadOnlyList<string>? Fetch(string key, Predicate<string> isExpected, string folder)
    {
        for (var i = 0; i < tiers.Count; i++)
        {
            if (ResultOf(tiers[i], key) is not { Files.Count: > 0 } result || !result.Files.All(file => isExpected(file.Name)) || !result.Files.All(file => Fetch(tiers[i], file, folder)))
                continue;
            foreach (var nearer in tiers.Take(i))
                Keep(nearer, key, result, folder);
            return [.. result.Files.Select(file => file.Name)];
        }

        return null;
    }

    /// <summary>Keeps files in every place that takes them.</summary>
    /// <param name="key">Of everything they follow from.</param>
    /// <param name="files">All in one folder.</param>
    public void Keep(string key, IReadOnlyList<string> files)
    {
        var result = new ActionResult([.. files.Select(FileOf)]);
        foreach (var tier in tiers)
            Keep(tier, key, result, Path.GetDirectoryName(files[0])!);
    }

    /// <summary>The files first: whoever finds the result finds all of it.</summary>
    private static void Keep(ICacheTier tier, string key, ActionResult result, string folder)
    {
        foreach (var file in result.Files)
        {
            using var content = File.OpenRead(Path.Combine(folder, file.Name));
            tier.Put(new(EntryKind.Content, file.Hash), content);
        }

        using var bytes = new MemoryStream(result.ToBytes());
        tier.Put(new(EntryKind.Action, key), bytes);
    }

    private static ActionResult? ResultOf(ICacheTier tier, string key)
    {
        using var bytes = new MemoryStream();
        return tier.Get(new(EntryKind.Action, key), bytes, ActionResult.MostBytes) ? ActionResult.Parse(bytes.ToArray()) : null;
    }

    private static bool Fetch(ICacheTier tier, ActionFile file, string folder)
    {
        using var target = new FileStream(Path.Combine(folder, file.Name), FileMode.Create, FileAccess.ReadWrite);
        if (!tier.Get(new(EntryKind.Content, file.Hash), target, file.Bytes) || target.Length != file.Bytes)
            return false;
        target.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(target)) == file.Hash;
    }

    private static ActionFile FileOf(string path)
    {
        using var content = File.OpenRead(path);
        return new ActionFile(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);
    }
}
