namespace ModelCompiler.MSBuild;

/// <summary>The devices that a target platform means where the project names none.</summary>
internal static class TargetPlatform
{
    // What the SDKs of these platforms build for when nothing is said, without the simulators, which they name themselves.
    private static readonly Dictionary<string, string> Identifiers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["android"] = "android-arm64;android-x64",
        ["ios"] = "ios-arm64",
        ["tvos"] = "tvos-arm64",
        ["maccatalyst"] = "maccatalyst-arm64",
        ["macos"] = "osx-arm64",
        ["windows"] = "win-x64",
    };

    /// <summary>Runtime identifiers separated by semicolons; null for a target framework without a platform, and where the machine that builds is one of the platform.</summary>
    /// <param name="platform">MSBuild's <c>TargetPlatformIdentifier</c>.</param>
    /// <param name="host">The runtime identifier of the machine that builds.</param>
    public static string? RuntimeIdentifiers(string? platform, string? host) =>
        Identifiers.TryGetValue(platform ?? "", out var identifiers) && SystemOf(identifiers) != SystemOf(host) ? identifiers : null;

    private static string? SystemOf(string? runtimeIdentifier) => runtimeIdentifier?.Split('-')[0];
}
