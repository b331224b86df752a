using Microsoft.Build.Framework;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>Models that packages bring compiled: an app takes those for the devices it is built for, and where that is not said, those for every computer it may run on.</summary>
internal static class PackagedAssets
{
    /// <summary>Systems whose apps name their target platform, so that an app without one never runs there.</summary>
    private static readonly string[] Mobile = ["android", "ios", "iossimulator", "maccatalyst", "tvos", "tvossimulator"];

    /// <param name="assets">Files with the metadata <see cref="ModelAsset.Model"/> and <see cref="ModelAsset.RuntimeIdentifiers"/>.</param>
    /// <param name="runtimeIdentifiers">Of the app, separated by semicolons.</param>
    /// <param name="report">Is told of a model that is there for other devices only.</param>
    public static IReadOnlyList<ITaskItem> Choose(IReadOnlyList<ITaskItem> assets, string? runtimeIdentifiers, Action<ModelDiagnostic> report)
    {
        var wanted = Split(runtimeIdentifiers);
        var chosen = assets.Where(asset => Split(asset.GetMetadata(ModelAsset.RuntimeIdentifiers)) is var own && (own.Length == 0 || own.Any(identifier => Fits(identifier, wanted)))).ToArray();
        foreach (var missing in assets.Select(ModelOf).Except(chosen.Select(ModelOf), StringComparer.Ordinal))
        {
            var there = assets.Where(asset => ModelOf(asset) == missing).SelectMany(asset => Split(asset.GetMetadata(ModelAsset.RuntimeIdentifiers)));
            report(DiagnosticRules.PackagedModelMissing.Create(null, missing, string.Join(", ", there.Distinct(StringComparer.Ordinal)), wanted.Length == 0 ? "desktop computers" : string.Join(", ", wanted)));
        }

        return chosen;
    }

    private static bool Fits(string identifier, string[] wanted)
    {
        var (system, architecture) = Parts(identifier);
        return identifier == "any" || (wanted.Length == 0 ? !Mobile.Contains(system, StringComparer.Ordinal) : wanted.Any(one => Parts(one) == (system, architecture)));
    }

    /// <summary>Of <c>linux-musl-x64</c>, <c>linux</c> and <c>x64</c>.</summary>
    private static (string System, string Architecture) Parts(string runtimeIdentifier)
    {
        var parts = runtimeIdentifier.Split('-');
        return (parts[0], parts[parts.Length - 1]);
    }

    private static string ModelOf(ITaskItem asset) => asset.GetMetadata(ModelAsset.Model);

    private static string[] Split(string? list) => (list ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries);
}
