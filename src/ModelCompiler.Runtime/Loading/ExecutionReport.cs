namespace ModelCompiler;

/// <summary>What really was loaded and what it runs on.</summary>
/// <param name="Asset">The path of the model file, or <c>bytes</c>.</param>
/// <param name="Profile">The profile whose providers and settings are used; null where none fits this system.</param>
/// <param name="Providers">The execution providers of the session, the preferred one first; the CPU is always the last.</param>
/// <param name="Skipped">The providers that could not be used: those that the profile wanted, and those of profiles that gave way to it.</param>
public sealed record ExecutionReport(
    string Asset, string? Profile, IReadOnlyList<string> Providers, IReadOnlyList<SkippedProvider> Skipped)
{
    /// <summary>One line for a log.</summary>
    public override string ToString()
    {
        var profile = Profile is null ? "" : $" (profile {Profile})";
        var skipped = Skipped.Count == 0 ? "" : $"; not used: {string.Join(", ", Skipped)}";
        return $"{Asset}{profile} on {string.Join(", then ", Providers)}{skipped}";
    }
}

/// <summary>An execution provider that could not be used.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="Reason">What ONNX Runtime said.</param>
public sealed record SkippedProvider(string Provider, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Provider} ({Reason})";
}
