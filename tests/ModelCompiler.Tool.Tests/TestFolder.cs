namespace ModelCompiler.Tests;

/// <summary>An empty folder for one test, deleted at its end.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modelc-test-");

    public string Path => _folder.FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>Fails where a folder that may not exist holds a file.</summary>
    public void ShouldHoldNothingIn(string name)
    {
        if (Directory.Exists(File(name)))
            Directory.EnumerateFileSystemEntries(File(name)).ShouldBeEmpty();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
