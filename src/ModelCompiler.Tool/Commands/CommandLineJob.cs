using ModelCompiler.Caching;
using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Profiles;
using ModelCompiler.Tool.Build;

namespace ModelCompiler.Tool.Commands;

/// <summary>A compile as the command line asks for it.</summary>
internal static class CommandLineJob
{
    /// <summary>Names the folder that the build knows as <c>ModelCompilerCacheDir</c>.</summary>
    private const string CacheVariable = "MODELCOMPILER_CACHE_DIR";

    /// <summary>Has the address that the build knows as <c>ModelCompilerRemoteCache</c>.</summary>
    private const string RemoteCacheVariable = "MODELCOMPILER_REMOTE_CACHE";

    /// <param name="model">Path of the model.</param>
    /// <param name="profile">Name or file.</param>
    /// <param name="folder">Where the results go.</param>
    /// <param name="wishes">What the options say; they win over the model's sidecar.</param>
    /// <exception cref="DiagnosticException">The profile, the sidecar or the cache's address is not understood.</exception>
    public static CompileJob Of(string model, string profile, string folder, CompileOptions wishes)
    {
        var path = Path.GetFullPath(model);
        return new CompileJob
        {
            Model = path,
            Name = ModelNames.Asset(path),
            OutputDirectory = Path.GetFullPath(folder),
            Profile = HardwareProfiles.Read(profile),
            CacheDirectory = Environment.GetEnvironmentVariable(CacheVariable) is { Length: > 0 } cache ? Path.GetFullPath(cache) : null,
            RemoteCache = Environment.GetEnvironmentVariable(RemoteCacheVariable) is { Length: > 0 } remote ? RemoteCacheAddress.Parse(remote, uploads: true) : null,
            MemoryMeter = new ProcessMemoryMeter([]),
            Options = new ModelOptions { Compile = wishes }.Over(SidecarReader.ReadFor(path)),
        };
    }
}
