using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler.Caching;

/// <summary>What results follow from besides a model and its data.</summary>
internal static class Toolchain
{
    /// <summary>This very compiler and ONNX Runtime. Another compiler is another build of it: its assemblies carry an identifier that follows from their content.</summary>
    public static string Compiler { get; } = string.Join('\n',
    [
        typeof(Toolchain).Module.ModuleVersionId.ToString(),
        typeof(ImagePreprocessing).Module.ModuleVersionId.ToString(),
        typeof(Contract.ModelManifest).Module.ModuleVersionId.ToString(),
        OrtEnv.Instance().GetVersionString(),
    ]);

    /// <summary>The compiler and the instructions that the processor adds with: for numbers that are to be the same to the last bit.</summary>
    public static string Identity { get; } = string.Join('\n',
    [
        Compiler,
        RuntimeInformation.ProcessArchitecture.ToString(),
        $"{Vector128.IsHardwareAccelerated}{Vector256.IsHardwareAccelerated}{Vector512.IsHardwareAccelerated}",
        Environment.Version.ToString(),
    ]);
}
