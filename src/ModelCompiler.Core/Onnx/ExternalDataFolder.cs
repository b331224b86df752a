using ModelCompiler.Contract;

namespace ModelCompiler.Onnx;

/// <summary>
/// Finds the files of external data, and refuses everything that is not truly inside the model's folder: absolute paths, steps upwards, and links
/// (of files or folders) that lead out. A model is data from strangers; without this it could read any file of the person who compiles it.
/// </summary>
internal sealed class ExternalDataFolder
{
    private const int MaxLinks = 40;

    private readonly string _model;
    private readonly string _folder;
    private readonly string _real;

    public ExternalDataFolder(string modelPath)
    {
        _model = modelPath;
        _folder = Path.GetDirectoryName(Path.GetFullPath(modelPath)) ?? Path.GetPathRoot(Path.GetFullPath(modelPath))!;
        _real = ResolveLinks(_folder) ?? _folder;
    }

    /// <summary>The file itself, with links resolved; it need not exist.</summary>
    /// <exception cref="DiagnosticException">MC1005.</exception>
    public string Resolve(string location, string tensor)
    {
        if (!Path.IsPathRooted(location) && !location.Contains('\0'))
        {
            var path = Path.GetFullPath(Path.Combine(_folder, location));
            if (IsInside(path, _folder) && ResolveLinks(path) is { } real && IsInside(real, _real))
                return real;
        }

        throw new DiagnosticException(DiagnosticRules.ExternalDataOutside.Create(_model, tensor, location));
    }

    private static bool IsInside(string path, string folder)
    {
        var prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path.StartsWith(prefix, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    /// <summary>The path without any link in it; null where links go round in circles.</summary>
    private static string? ResolveLinks(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var ahead = new Stack<string>(Parts(path, root).Reverse());
        var resolved = root;
        for (var links = 0; ahead.TryPop(out var part);)
        {
            var next = Path.Combine(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaxLinks)
                return null;
            var full = Path.GetFullPath(target, resolved);
            resolved = Path.GetPathRoot(full)!;
            foreach (var step in Parts(full, resolved).Reverse())
                ahead.Push(step);
        }

        return resolved;
    }

    private static string[] Parts(string path, string root) =>
        path[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
