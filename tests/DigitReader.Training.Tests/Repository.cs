namespace DigitReader.Training.Tests;

/// <summary>Finds files of this repository, and data that may lie beside it.</summary>
internal static class Repository
{
    private static readonly DirectoryInfo Root = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root.FullName, .. parts]);

    /// <summary>A file of the shared data beside the repository; the test that asks is skipped where it is absent.</summary>
    public static string SharedData(params string[] parts)
    {
        var path = Path.Combine([Root.Parent!.FullName, "shared", "data", .. parts]);
        Assert.SkipUnless(File.Exists(path), $"the shared data '{string.Join('/', parts)}' is not on this machine");
        return path;
    }

    private static DirectoryInfo FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ModelCompiler.sln")))
                return folder;
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
