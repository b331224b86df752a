using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>
/// Sees in a session's first run which provider really ran which nodes. ONNX Runtime falls back to the CPU silently, and its public way to learn of it is the profile that it writes:
/// it is switched on for that one run, read, and removed.
/// </summary>
internal sealed class PlacementProbe(InferenceSession session) : IDisposable
{
    private const string Ending = "ExecutionProvider";

    private IReadOnlyDictionary<string, int>? _nodes;
    private int _state; // 0: no run yet, 1: read

    public static void Enable(SessionOptions options)
    {
        options.ProfileOutputPathPrefix = Path.Combine(Path.GetTempPath(), $"modelcompiler-{Environment.ProcessId}-{Guid.NewGuid():N}");
        options.EnableProfiling = true;
    }

    /// <summary>How much each of the providers ran; null where that is not known.</summary>
    public IReadOnlyList<ProviderShare>? Shares(IReadOnlyList<string> providers)
    {
        if (Volatile.Read(ref _nodes) is not { Count: > 0 } nodes)
            return null;
        double all = nodes.Values.Sum();
        return [.. providers.Select(provider => new ProviderShare(provider, nodes.GetValueOrDefault(provider), nodes.GetValueOrDefault(provider) / all))];
    }

    /// <summary>Reads what the first run left.</summary>
    public void AfterRun()
    {
        if (Volatile.Read(ref _state) == 0 && Interlocked.Exchange(ref _state, 1) == 0)
            Volatile.Write(ref _nodes, ReadAndRemove());
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _state, 1) == 0)
            ReadAndRemove();
    }

    // Knowing where nodes ran is worth no failure: a temporary folder may be full or read-only.
    private Dictionary<string, int>? ReadAndRemove()
    {
        try
        {
            var path = session.EndProfiling();
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, FileOptions.DeleteOnClose);
            return Read(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OnnxRuntimeException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Nodes by provider in a profile in the form of Chrome's trace events: an array of objects, one a kernel that ran.</summary>
    internal static Dictionary<string, int> Read(Stream profile)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var nodes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        using var document = JsonDocument.Parse(profile);
        foreach (var @event in document.RootElement.EnumerateArray())
        {
            if (@event.TryGetProperty("args", out var args) && args.TryGetProperty("provider", out var provider) && provider.GetString() is { Length: > 0 } full
                && @event.TryGetProperty("name", out var name) && seen.Add(name.GetString()!))
            {
                var shortName = full.EndsWith(Ending, StringComparison.Ordinal) ? full[..^Ending.Length] : full;
                nodes[shortName] = nodes.GetValueOrDefault(shortName) + 1;
            }
        }

        return nodes;
    }
}
