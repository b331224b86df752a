using System.Security.Cryptography;
using System.Text;

namespace ModelCompiler.Calibration;

/// <summary>What identifies a data set to people and other tools: a SHA-256 that they can compute too.</summary>
internal static class DataSetDigest
{
    /// <summary>
    /// Of a file, its own. Of a folder, that of the lines which <c>sha256sum</c> prints for its samples' files and labels: hash, two spaces, path in the folder, in the
    /// ordinal order of the paths. Null for a set that has no files.
    /// </summary>
    /// <exception cref="Contract.DiagnosticException">MC0010: a file cannot be read.</exception>
    public static string? Of(DataSet data)
    {
        if (File.Exists(data.Path))
            return OfFile(data.Path);
        var files = data.Files.Select(file => (File: file, Name: Path.GetRelativePath(data.Path, file).Replace(Path.DirectorySeparatorChar, '/'))).OrderBy(file => file.Name, StringComparer.Ordinal).ToArray();
        return files.Length == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{OfFile(file.File)}  {file.Name}\n")))));
    }

    private static string OfFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataSet.Unreadable(path, exception.Message);
        }
    }
}
