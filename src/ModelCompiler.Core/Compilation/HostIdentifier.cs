using System.Runtime.InteropServices;

namespace ModelCompiler.Compilation;

/// <summary>The runtime identifier of this machine, in the portable form that profiles use (<c>linux-x64</c>).</summary>
public static class HostIdentifier
{
    public static string Current { get; } = $"{System}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    private static string System =>
        OperatingSystem.IsWindows() ? "win" :
        OperatingSystem.IsMacOS() ? "osx" : "linux";
}
