using System.Reflection;

namespace ModelCompiler.Contract.Tests;

/// <summary>Real models beside the repository, present on machines that tune and measure; tests skip visibly elsewhere.</summary>
internal static class SharedData
{
    private static readonly string? Root = FindRoot();

    public static string Require(string path)
    {
        Assert.SkipWhen(Root is null, "the shared data folder is not on this machine");
        var full = Path.Combine(Root!, path);
        Assert.SkipUnless(Path.Exists(full), $"{path} is not among the shared data");
        return full;
    }

    private static string? FindRoot()
    {
        for (var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
