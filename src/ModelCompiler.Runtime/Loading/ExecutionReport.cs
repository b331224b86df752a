using System.Globalization;

namespace ModelCompiler;

/// <summary>What really was loaded and what it runs on.</summary>
/// <param name="Asset">The path of the model file, or <c>bytes</c>.</param>
/// <param name="Profile">The profile whose providers and settings are used; null where none fits this system.</param>
/// <param name="Providers">The execution providers of the session, the preferred one first; the CPU is always the last.</param>
/// <param name="Skipped">The providers that were given up, in order: those that could not be had, those of profiles that gave way, and those that failed in a run.</param>
public sealed record ExecutionReport(
    string Asset, string? Profile, IReadOnlyList<string> Providers, IReadOnlyList<SkippedProvider> Skipped)
{
    /// <summary>
    /// How much of the model each provider runs, in the order of <see cref="Providers"/>, as seen in the first run. Null until then, where ONNX Runtime could not write down what it
    /// did, and where there is only the CPU, which runs everything. A provider with no nodes was accepted by ONNX Runtime but runs nothing.
    /// </summary>
    public IReadOnlyList<ProviderShare>? Shares { get; init; }

    /// <summary>One line for a log.</summary>
    public override string ToString()
    {
        var profile = Profile is null ? "" : $" (profile {Profile})";
        var skipped = Skipped.Count == 0 ? "" : $"; not used: {string.Join(", ", Skipped)}";
        return $"{Asset}{profile} on {string.Join(", then ", Shares is null ? Providers : Shares.Select(share => share.ToString()))}{skipped}";
    }
}

/// <summary>How much of a model an execution provider runs.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="Nodes">Nodes of the optimized graph that it ran; a part of the graph that a provider runs as a whole is one node.</param>
/// <param name="Share">Of all nodes that ran, from 0 to 1.</param>
public sealed record ProviderShare(string Provider, int Nodes, double Share)
{
    /// <summary>For example <c>XNNPACK (54 nodes, 89 %)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Provider} ({Nodes} {(Nodes == 1 ? "node" : "nodes")}, {Share * 100:0} %)");
}

/// <summary>An execution provider that could not be used.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="Reason">What ONNX Runtime said, or how it failed in a run.</param>
public sealed record SkippedProvider(string Provider, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Provider} ({Reason})";
}
