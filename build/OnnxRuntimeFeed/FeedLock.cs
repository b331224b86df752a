namespace OnnxRuntimeFeed;

/// <summary>One process at a time fills the feed. The operating system releases the lock of a process that was killed.</summary>
internal static class FeedLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static IDisposable Wait(DirectoryInfo feed)
    {
        feed.Create();
        var file = Path.Combine(feed.FullName, ".lock");
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            if (TryTake(file) is { } turn)
                return turn;
            Thread.Sleep(Pause);
        }

        throw new FeedException($"another build has been filling '{feed.FullName}' for {Patience.TotalMinutes:0} minutes. End it and build again.");
    }

    private static FileStream? TryTake(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
