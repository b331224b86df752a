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

    /// <summary>Every model, for theories; where there are none, one name that <see cref="Require"/> will skip.</summary>
    public static IEnumerable<string> Models()
    {
        var folder = Root is null ? null : Path.Combine(Root, "models");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.onnx", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root!, file)).Order(StringComparer.Ordinal)
            : ["models"];
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
