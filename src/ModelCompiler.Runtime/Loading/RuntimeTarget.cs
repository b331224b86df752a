using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>The operating system and architecture of a process, in the words of runtime identifiers.</summary>
internal readonly record struct RuntimeTarget(string System, string Architecture)
{
    public static RuntimeTarget Current { get; } = new(CurrentSystem(), RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant());

    /// <summary>Whether assets for any of these runtime identifiers run here; an empty list means every system.</summary>
    public bool Runs(IReadOnlyList<string> runtimeIdentifiers) => runtimeIdentifiers.Count == 0 || runtimeIdentifiers.Any(Runs);

    /// <summary><c>linux-x64</c> and <c>linux-musl-x64</c> both name the system <c>linux</c> and the architecture <c>x64</c>.</summary>
    private bool Runs(string runtimeIdentifier)
    {
        if (runtimeIdentifier == "any")
            return true;

        var parts = runtimeIdentifier.Split('-');
        return string.Equals(parts[0], System, StringComparison.OrdinalIgnoreCase)
            && (parts.Length == 1 || string.Equals(parts[^1], Architecture, StringComparison.OrdinalIgnoreCase));
    }

    public override string ToString() => $"{System}-{Architecture}";

    private static string CurrentSystem()
    {
        if (OperatingSystem.IsAndroid())
            return "android";
        if (OperatingSystem.IsMacCatalyst())
            return "maccatalyst";
        if (OperatingSystem.IsIOS())
            return RuntimeInformation.RuntimeIdentifier.StartsWith("iossimulator", StringComparison.Ordinal) ? "iossimulator" : "ios";
        if (OperatingSystem.IsMacOS())
            return "osx";

        return OperatingSystem.IsWindows() ? "win" : "linux";
    }
}
