using System.Reflection;

namespace ModelCompiler.Contract;

/// <summary>The JSON of the profiles that the product brings, embedded so that task, tool and generator have the same ones.</summary>
public static class BuiltInProfiles
{
    private const string Prefix = "ModelCompiler.Profiles.";
    private const string Suffix = ".json";

    private static readonly Assembly Assembly = typeof(BuiltInProfiles).Assembly;

    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name.Substring(Prefix.Length, name.Length - Prefix.Length - Suffix.Length))
            .OrderBy(name => name, StringComparer.Ordinal),
    ];

    /// <summary>The text of one of <see cref="Names"/>.</summary>
    public static string Json(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(Prefix + name + Suffix)
            ?? throw new ArgumentException($"there is no built-in profile '{name}'", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
