using System.Globalization;

namespace ModelCompiler.MSBuild;

/// <summary>Identifies the compiler: another build of it may make other models.</summary>
internal static class ToolFingerprint
{
    /// <summary>Size and time of our own assemblies beside the tool.</summary>
    public static string Of(string tool)
    {
        var own = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(tool))!, "ModelCompiler.*.dll").Concat([tool]);
        return string.Join(" ", own.OrderBy(file => file, StringComparer.Ordinal).Select(Describe));
    }

    private static string Describe(string path)
    {
        var file = new FileInfo(path);
        return string.Format(CultureInfo.InvariantCulture, "{0}:{1}:{2}", file.Name, file.Length, file.LastWriteTimeUtc.Ticks);
    }
}
