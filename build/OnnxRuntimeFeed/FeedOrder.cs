namespace OnnxRuntimeFeed;

/// <summary>What build/OnnxRuntimeFeed.proj asks for: a feed that, together with the public one, has every package.</summary>
/// <param name="Recipes">The folder of the projects that pack, named as the packages.</param>
internal sealed record FeedOrder(LocalFeed Feed, DirectoryInfo Recipes, IReadOnlyList<PackageRequest> Packages)
{
    public static FeedOrder Parse(string[] args)
    {
        if (args is not [var feed, var recipes, var suffix, .. var packages] || packages.Length % PackageRequest.Fields != 0)
            throw new FeedException("the arguments are feed folder, recipe folder, suffix, then five for each package. Build anything in this repository to call it rightly.");

        return new(
            new LocalFeed(new(feed)),
            new DirectoryInfo(recipes),
            [.. packages.Chunk(PackageRequest.Fields).Select(fields => PackageRequest.Parse(suffix, fields))]);
    }

    public void Fulfil()
    {
        using var turn = Feed.WaitForTurn();
        foreach (var package in Packages)
            Provide(package);
    }

    private void Provide(PackageRequest package)
    {
        if (Feed.Has(package) || Feed.TryCopyFromCache(package))
            return;

        using var work = Feed.OpenWorkFolder();
        if (PublicFeed.Offers(package, work.Folder))
            return;

        Announcement.Say($"Fetching {package.Id} {package.Version} ({package.Megabytes} MB, once)...");
        var archive = NpmArchive.Fetch(package, work.Folder);
        Feed.Add(Packer.Pack(package, archive, Recipes, work.Folder));
    }
}
