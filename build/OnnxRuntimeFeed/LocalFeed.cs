namespace OnnxRuntimeFeed;

/// <summary>The folder of packages that nuget.config names beside the public feed. Packages appear in it whole or not at all.</summary>
internal sealed class LocalFeed : IDisposable
{
    private readonly PackageRequest _request;

    public LocalFeed(PackageRequest request)
    {
        _request = request;
        WorkFolder = new(Path.Combine(request.Feed.FullName, ".work"));
        Dispose();   // what a process that was killed has left: whoever holds the lock owns the folder
        WorkFolder.Create();
    }

    /// <summary>For unfinished files; on the feed's own disk, so that the last step is a rename.</summary>
    public DirectoryInfo WorkFolder { get; }

    public bool HasPackage => File.Exists(Destination);

    private string Destination => Path.Combine(_request.Feed.FullName, _request.PackageFile);

    /// <summary>NuGet keeps what it restored: another clone on this machine may have made the package already.</summary>
    public bool TryCopyFromCache()
    {
        var cached = Path.Combine(CacheFolder, _request.Id, _request.PackedVersion, _request.PackageFile).ToLowerInvariant();
        if (!File.Exists(cached))
            return false;

        Add(new FileInfo(cached).CopyTo(Path.Combine(WorkFolder.FullName, _request.PackageFile)));
        return true;
    }

    public void Add(FileInfo package) => package.MoveTo(Destination, overwrite: true);

    public void Dispose()
    {
        WorkFolder.Refresh();
        if (WorkFolder.Exists)
            WorkFolder.Delete(recursive: true);
    }

    private static string CacheFolder =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
