namespace OnnxRuntimeFeed;

/// <summary>The folder of packages that nuget.config names beside the public feed. Packages appear in it whole or not at all.</summary>
internal sealed class LocalFeed(DirectoryInfo folder)
{
    /// <summary>Only the process that holds the turn may change the feed.</summary>
    public IDisposable WaitForTurn() => FeedLock.Wait(folder);

    public bool Has(PackageRequest package) => File.Exists(PathOf(package.PackageFile));

    /// <summary>NuGet keeps what it restored: another clone on this machine may have made the package already.</summary>
    public bool TryCopyFromCache(PackageRequest package)
    {
        var cached = Path.Combine(
            CacheFolder, package.Id.ToLowerInvariant(), package.PackedVersion.ToLowerInvariant(), package.PackageFile.ToLowerInvariant());
        if (!File.Exists(cached))
            return false;

        using var work = OpenWorkFolder();
        Add(new FileInfo(cached).CopyTo(Path.Combine(work.Folder.FullName, package.PackageFile)));
        return true;
    }

    /// <summary>A folder for unfinished files, on the feed's own disk, so that the last step is a rename.</summary>
    public WorkFolder OpenWorkFolder() => new(PathOf(".work"));

    public void Add(FileInfo package) => package.MoveTo(PathOf(package.Name), overwrite: true);

    private static string CacheFolder =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private string PathOf(string name) => Path.Combine(folder.FullName, name);
}
