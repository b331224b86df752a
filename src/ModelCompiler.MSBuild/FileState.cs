using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ModelCompiler.MSBuild;

/// <summary>How a file or folder looks from outside, as one line: another size or time means another content.</summary>
internal static class FileState
{
    /// <summary>Of a folder: all files in it, so that one that was added or taken away counts as a change.</summary>
    public static string Of(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
            return Describe(file);
        return Directory.Exists(path) ? OfFolder(path) : "none";
    }

    private static string OfFolder(string path)
    {
        var files = Directory.GetFiles(path, "*", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", files.Select(file => $"{file} {Describe(new FileInfo(file))}"))));
        return string.Format(CultureInfo.InvariantCulture, "folder {0} {1}", files.Length, BitConverter.ToString(hash));
    }

    private static string Describe(FileInfo file) =>
        file.Length.ToString(CultureInfo.InvariantCulture) + " " + file.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
}
