namespace ModelCompiler.Contract;

/// <summary>Paths as they are written in projects and sidecars, on any system.</summary>
internal static class FilePaths
{
    /// <summary>The full path; backslashes separate folders on every system, as in MSBuild. Null when it is no path at all.</summary>
    public static string? Absolute(string path, string directory)
    {
        if (path.Length == 0 || path.IndexOf('\0') >= 0)
            return null;
        try
        {
            var native = Path.DirectorySeparatorChar == '/' ? path.Replace('\\', '/') : path;
            return Path.GetFullPath(Path.Combine(directory, native));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return null;
        }
    }
}
