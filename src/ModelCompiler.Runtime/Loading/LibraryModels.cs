using System.Collections.Concurrent;
using System.ComponentModel;

namespace ModelCompiler;

/// <summary>
/// For which profiles an app compiled the models of the libraries that it uses. The libraries' classes cannot know it; generated code of the app says it here before the app's first line runs.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LibraryModels
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<ModelProfile>> Known = new(StringComparer.Ordinal);

    /// <summary>Says for which profiles the app carries a model.</summary>
    /// <param name="name">The asset's base name.</param>
    /// <param name="profiles">The preferred one first.</param>
    public static void Add(string name, params ModelProfile[] profiles)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(profiles);
        Known[name] = profiles;
    }

    /// <summary>The profiles whose assets may lie beside the app: what the app said, then what the model's class was generated with.</summary>
    internal static IReadOnlyList<ModelProfile> ProfilesOf(ModelDefinition definition) =>
        Known.TryGetValue(definition.Name, out var profiles) ? [.. profiles.Concat(definition.Profiles).DistinctBy(profile => profile.Name, StringComparer.Ordinal)] : definition.Profiles;
}
