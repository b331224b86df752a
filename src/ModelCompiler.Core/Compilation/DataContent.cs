using ModelCompiler.Caching;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation;

/// <summary>Data sets by what their files hold and what these are called below the set's folder: where it lies and when it was written makes it no other.</summary>
internal static class DataContent
{
    /// <summary>Adds a folder or a file; nothing but an end where there is none.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static void AddTo(ContentKey key, string? path)
    {
        if (Directory.Exists(path))
        {
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                key.Add(Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/')).AddFile(file);
        }
        else if (File.Exists(path))
            key.Add(Path.GetFileName(path)).AddFile(path);
        key.Add("");
    }

    /// <summary>One hash for a data set and the boxes that belong to its pictures; null for no data set.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string? Sha256(string? path)
    {
        if (path is null)
            return null;
        using var key = new ContentKey();
        AddTo(key, path);
        AddTo(key, BoxLabels.MirrorOf(path));
        return key.Finish();
    }
}
