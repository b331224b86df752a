namespace ModelCompiler.MSBuild;

/// <summary>Finds, in the packages of the project, the folder with the native libraries for the machine that builds.</summary>
internal static class NativeLibraries
{
    /// <summary>
    /// The project may target another machine: a package keeps the libraries of all machines beside each other in
    /// <c>runtimes/&lt;rid&gt;/native</c>, so one of its files leads to those of the host.
    /// </summary>
    public static IReadOnlyList<string> Folders(IEnumerable<string> files, string? hostRuntimeIdentifier) =>
        [.. files.Select(PackageRuntimes).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(runtimes => Path.Combine(runtimes, hostRuntimeIdentifier ?? "", "native"))
            .Where(Directory.Exists)
            .OrderBy(folder => folder, StringComparer.Ordinal)];

    private static string? PackageRuntimes(string file)
    {
        for (var folder = Path.GetDirectoryName(file); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (Path.GetFileName(folder) == "runtimes")
                return folder;
        }
        return null;
    }
}
