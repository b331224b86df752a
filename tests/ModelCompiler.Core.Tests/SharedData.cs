namespace ModelCompiler.Tests;

/// <summary>Real models and data, which lie beside the repository where they are present; tests that need them are skipped where they are not.</summary>
internal static class SharedData
{
    private static readonly string? Root = Find(AppContext.BaseDirectory);

    /// <summary>The path of a file or folder; the running test is skipped where it does not exist.</summary>
    public static string Require(string relativePath)
    {
        var path = Root is null ? null : Path.Combine(Root, relativePath);
        Assert.SkipUnless(Path.Exists(path), $"the shared data '{relativePath}' is not on this machine");
        return path!;
    }

    private static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
