using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>
/// Decides for which hardware a project's models are compiled: <c>ModelProfile</c> items, else the property
/// <c>ModelCompilerProfiles</c>, else the project's runtime identifiers, else the machine that builds.
/// </summary>
internal sealed class ProfileChoice
{
    private const string Portable = "portable";

    private readonly Func<string, ManifestProfile> _read;
    private readonly string _projectDirectory;

    /// <param name="projectDirectory">What paths of profile files are relative to.</param>
    /// <param name="read">Reads a profile by name or path.</param>
    public ProfileChoice(string projectDirectory, Func<string, ManifestProfile> read) => (_projectDirectory, _read) = (projectDirectory, read);

    /// <summary>The profiles of the project, without repetition, in the order they were given.</summary>
    /// <param name="items">Names and paths from items.</param>
    /// <param name="property">Names and paths separated by semicolons.</param>
    /// <param name="runtimeIdentifiers">Separated by semicolons; the first that is not empty of: identifiers of the project, identifier of the host.</param>
    public IReadOnlyList<ChosenProfile> Choose(IEnumerable<string> items, string? property, params string?[] runtimeIdentifiers)
    {
        var said = items.ToArray();
        if (said.Length == 0)
            said = Split(property);
        return said.Length > 0 ? Load(said) : Load(FromRuntimeIdentifiers(runtimeIdentifiers));
    }

    /// <summary>Reads the profiles that are named.</summary>
    public IReadOnlyList<ChosenProfile> Load(IEnumerable<string> namesOrPaths) =>
        [.. namesOrPaths.Select(Locate).Distinct(StringComparer.Ordinal).Select(reference => new ChosenProfile(reference, _read(reference)))];

    private static IEnumerable<string> FromRuntimeIdentifiers(string?[] runtimeIdentifiers)
    {
        var identifiers = runtimeIdentifiers.Select(Split).FirstOrDefault(list => list.Length > 0) ?? [];
        var profiles = identifiers.Select(ProfileOf);
        return identifiers.Length == 0 ? [Portable] : profiles;
    }

    private static string ProfileOf(string runtimeIdentifier) => ProfileReader.NameFor(runtimeIdentifier) ?? Portable;

    private string Locate(string nameOrPath)
    {
        if (BuiltInProfiles.Names.Contains(nameOrPath, StringComparer.Ordinal))
            return nameOrPath;
        var path = Path.GetFullPath(Path.Combine(_projectDirectory, nameOrPath.Replace('\\', Path.DirectorySeparatorChar)));
        return File.Exists(path) ? path : nameOrPath;   // a name that is neither is reported by the reader
    }

    private static string[] Split(string? list) =>
        [.. (list ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim()).Where(part => part.Length > 0)];
}

/// <summary>A profile and what to tell the tool to find it: a built-in name or an absolute path.</summary>
internal sealed record ChosenProfile(string Reference, ManifestProfile Profile);
