using System.Collections.Concurrent;
using System.ComponentModel;
using System.Security.Cryptography;

namespace ModelCompiler;

/// <summary>What the model files of an app contain. Generated code of the app says it before the app's first line runs, so that a file that was damaged or exchanged is not loaded.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelIntegrity
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <summary>Says what a file contains.</summary>
    /// <param name="file">Its name, without folders.</param>
    /// <param name="sha256">The SHA-256 of its content, in lower-case hexadecimal digits.</param>
    public static void Expect(string file, string sha256)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentException.ThrowIfNullOrEmpty(sha256);
        Known[file] = sha256;
    }

    /// <summary>Checks an asset and the files of weights beside it; those of which nothing was said pass.</summary>
    /// <exception cref="ModelLoadException">A file has another content, or is absent.</exception>
    internal static void Check(string asset)
    {
        var name = Path.GetFileName(asset);
        foreach (var (file, expected) in Known.Where(known => known.Key == name || known.Key.StartsWith(name + ".", StringComparison.Ordinal)))
        {
            var path = Path.Combine(Path.GetDirectoryName(asset)!, file);
            Compare(path, Sha256(path), expected);
        }
    }

    /// <summary>Checks what was read of an asset in the app's package; passes where nothing was said of it.</summary>
    /// <exception cref="ModelLoadException">It has another content.</exception>
    internal static void Check(string asset, byte[] content)
    {
        if (Known.TryGetValue(Path.GetFileName(asset), out var expected))
            Compare(asset, Convert.ToHexStringLower(SHA256.HashData(content)), expected);
    }

    private static void Compare(string path, string actual, string expected)
    {
        if (actual == expected)
            return;
        throw new ModelLoadException($"'{path}' is not the file that the app was built with: its SHA-256 is {actual} and not {expected}. "
            + "It was cut off, damaged or exchanged since; install or build the app again.");
    }

    private static string Sha256(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException($"'{path}' cannot be read: {error.Message}", error);
        }
    }
}
