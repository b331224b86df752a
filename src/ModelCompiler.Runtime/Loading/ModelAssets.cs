using System.ComponentModel;

namespace ModelCompiler;

/// <summary>Model files that lie in an app's package rather than in a folder, as on Android. Generated code of the app says how they are opened before the app's first line runs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelAssets
{
    private static volatile Func<string, Stream?>? _open;

    /// <summary>Says how the app's package is read.</summary>
    /// <param name="open">Opens a file by its path in the package, for example <c>models/digits.android-arm64.onnx</c>; null where there is none.</param>
    public static void OpenWith(Func<string, Stream?> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        _open = open;
    }

    /// <summary>A file of the app's package; null where there is no package, or no such file.</summary>
    internal static Stream? Open(string path) => _open?.Invoke(path);
}
