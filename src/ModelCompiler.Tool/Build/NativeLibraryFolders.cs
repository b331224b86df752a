using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using ModelCompiler.Compilation;

namespace ModelCompiler.Tool.Build;

/// <summary>
/// Where the native libraries of ONNX Runtime and its Extensions are looked for before anywhere else: in the folders that the build names, since the
/// tool's package leaves ONNX Runtime to the app's, then in the tool's own.
/// </summary>
internal static class NativeLibraryFolders
{
    /// <summary>Must come before ONNX Runtime is first used. Its Extensions are called from the same assembly, and so found in the same way.</summary>
    public static void Use(IReadOnlyList<string> folders)
    {
        string[] all = [.. folders, Path.Combine(AppContext.BaseDirectory, "runtimes", HostIdentifier.Current, "native")];
        OrtEnv.DisableDllImportResolver = true;   // only one resolver may be set for an assembly
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, (library, assembly, paths) => Resolve(all, library, assembly, paths));
    }

    private static nint Resolve(IReadOnlyList<string> folders, string library, Assembly assembly, DllImportSearchPath? paths)
    {
        var file = FileName(library);
        foreach (var folder in folders)
        {
            if (NativeLibrary.TryLoad(Path.Combine(folder, file), out var handle))
                return handle;
        }

        return NativeLibrary.TryLoad(library, assembly, paths, out var found) ? found : 0;
    }

    private static string FileName(string library)
    {
        if (OperatingSystem.IsWindows())
            return $"{library}.dll";
        return OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
    }
}
