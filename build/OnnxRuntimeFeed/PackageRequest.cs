using System.Globalization;

namespace OnnxRuntimeFeed;

/// <summary>One package that the repository needs, and the npm archive that it can be made from.</summary>
/// <param name="Version">The official version; a package made here is named <paramref name="Version"/>-<paramref name="Suffix"/>.</param>
/// <param name="Archive">Name and version in the npm registry, as <c>name@1.2.3</c>.</param>
/// <param name="Sha512">Of the archive, in base64: what was reviewed is what is packed.</param>
/// <param name="Megabytes">Size of the archive, to say what the wait is for.</param>
/// <param name="Recipe">The project that packs the unpacked archive.</param>
internal sealed record PackageRequest(
    string Id, string Version, string Suffix, string Archive, string Sha512, int Megabytes, DirectoryInfo Feed, FileInfo Recipe)
{
    public string PackedVersion => $"{Version}-{Suffix}";

    public string PackageFile => $"{Id}.{PackedVersion}.nupkg";

    public static PackageRequest Parse(string[] args)
    {
        if (args is not [var id, var version, var suffix, var archive, var sha512, var megabytes, var feed, var recipe])
            throw new FeedException("expects 8 arguments: id, version, suffix, archive, sha512, megabytes, feed folder, recipe. It is called by build/OnnxRuntimeFeed.proj.");

        return new(id, version, suffix, archive, sha512, int.Parse(megabytes, CultureInfo.InvariantCulture), new(feed), new(recipe));
    }

    /// <summary>Makes sure that a restore finds the package: in the public feed, or in the local one, where this puts it.</summary>
    public void Fulfil()
    {
        using var turn = FeedLock.Wait(Feed);
        using var feed = new LocalFeed(this);
        if (feed.HasPackage || feed.TryCopyFromCache() || PublicFeed.Offers(this, feed.WorkFolder))
            return;

        Console.WriteLine($"Fetching ONNX Runtime: {Id} {Version} ({Megabytes} MB, once)...");
        var archive = NpmArchive.Fetch(this, feed.WorkFolder);
        feed.Add(Packer.Pack(this, archive));
    }
}
