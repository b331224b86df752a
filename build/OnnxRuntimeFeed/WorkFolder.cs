namespace OnnxRuntimeFeed;

/// <summary>A folder that is empty when opened, even if a killed process left files in it, and gone when disposed.</summary>
internal sealed class WorkFolder : IDisposable
{
    public WorkFolder(string path)
    {
        Folder = new(path);
        Dispose();
        Folder.Create();
    }

    public DirectoryInfo Folder { get; }

    public void Dispose()
    {
        Folder.Refresh();
        if (Folder.Exists)
            Folder.Delete(recursive: true);
    }
}
