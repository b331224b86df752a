using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>Where a model's bytes come from.</summary>
public sealed class ModelSource
{
    private ModelSource(string? path, byte[]? bytes, bool isPackaged = false)
    {
        Path = path;
        Content = bytes;
        IsPackaged = isPackaged;
    }

    /// <summary>The asset that the build put beside the app, for the device the app runs on.</summary>
    public static ModelSource Asset { get; } = new(null, null);

    internal string? Path { get; }

    internal byte[]? Content { get; }

    /// <summary>Whether the path is one in the app's package, not one of the file system.</summary>
    internal bool IsPackaged { get; }

    /// <summary>A file, which may be compressed: <c>.onnx.gz</c>. Weights in files beside it are found by their relative paths.</summary>
    public static ModelSource File(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new ModelSource(path, null);
    }

    /// <summary>The content of a file.</summary>
    public static ModelSource Bytes(ReadOnlyMemory<byte> bytes)
    {
        // ONNX Runtime takes an array: the caller's is used where the memory is a whole one.
        var whole = MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array!.Length == bytes.Length;
        return new ModelSource(null, whole ? segment.Array : bytes.ToArray());
    }

    /// <summary>What remains of a stream. It is read to its end and left open.</summary>
    public static ModelSource Stream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return new ModelSource(null, buffer.ToArray());
    }

    /// <summary>A file in the app's package.</summary>
    internal static ModelSource Packaged(string path) => new(path, null, isPackaged: true);
}
