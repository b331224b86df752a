namespace ModelCompiler.Contract;

/// <summary>
/// Reads the part of a profile's JSON that concerns the app: <c>name</c>, <c>extends</c>, <c>onlyByName</c>, <c>runtimeIdentifiers</c>, <c>processorFeatures</c>, <c>executionProviders</c>,
/// <c>sessionSettings</c> and the <c>compression</c> of its <c>asset</c>. The sections that concern the compiler are left to it.
/// </summary>
public static class ProfileReader
{
    /// <summary>The compression of assets: RFC 1952.</summary>
    public const string Gzip = "gzip";

    /// <summary>What a profile can ask of a processor: AVX2, AVX-512, VNNI in its form of 256 bits (x64), and the dot product of bytes (ARM).</summary>
    public static IReadOnlyList<string> ProcessorFeatures { get; } = ["avx2", "avx512", "avxvnni", "dotprod"];

    private const int MaxExtends = 16;

    /// <summary>Reads a built-in profile by its name, or a profile file by its path.</summary>
    /// <exception cref="DiagnosticException">MC0007 unknown, MC4002 not understood.</exception>
    public static ManifestProfile Read(string nameOrPath) => Resolve(nameOrPath, Directory.GetCurrentDirectory(), depth: 0);

    /// <summary>The files of which a profile is made: its own and those that it extends; none for a built-in one.</summary>
    /// <exception cref="DiagnosticException">MC0007 unknown, MC4002 not understood.</exception>
    public static IReadOnlyList<string> Files(string nameOrPath)
    {
        var files = new List<string>();
        for (var (next, directory) = ((string?)nameOrPath, Directory.GetCurrentDirectory()); next is not null && files.Count < MaxExtends;)
        {
            var (json, folder) = Open(next, directory);
            if (!BuiltInProfiles.Names.Contains(next, StringComparer.Ordinal))
                files.Add(FilePaths.Absolute(next, directory)!);
            (next, directory) = (json.String("extends"), folder);
        }

        return files;
    }

    /// <summary>The built-in profile that a runtime identifier chooses; null where there is none. Those that are chosen only by name are for who names them.</summary>
    public static string? NameFor(string runtimeIdentifier) => IsFor(runtimeIdentifier, runtimeIdentifier)
        ? runtimeIdentifier   // as most are called, so that the others need not be read
        : BuiltInProfiles.Names.FirstOrDefault(name => IsFor(name, runtimeIdentifier));

    private static bool IsFor(string name, string runtimeIdentifier) =>
        BuiltInProfiles.Names.Contains(name, StringComparer.Ordinal) && !IsOnlyByName(name) && Read(name).RuntimeIdentifiers.Contains(runtimeIdentifier, StringComparer.Ordinal);

    private static bool IsOnlyByName(string name) => Open(name, Directory.GetCurrentDirectory()).Json.Bool("onlyByName") ?? false;

    private static ManifestProfile Resolve(string nameOrPath, string directory, int depth)
    {
        var (json, folder) = Open(nameOrPath, directory);
        if (depth == MaxExtends)
            throw json.Invalid("extends", $"a chain of fewer than {MaxExtends} profiles that does not come back to itself");
        var parent = json.String("extends") is { } extends ? Resolve(extends, folder, depth + 1) : null;
        return new ManifestProfile(
            json.String("name") ?? Path.GetFileNameWithoutExtension(nameOrPath),
            Own(json.Strings("runtimeIdentifiers")) ?? parent?.RuntimeIdentifiers ?? default,
            Own([.. json.Objects("executionProviders").Select(Provider)]) ?? parent?.Providers ?? default,
            Own(json.Entries("sessionSettings")) ?? parent?.SessionSettings ?? default)
        {
            ProcessorFeatures = Own(Features(json)) ?? parent?.ProcessorFeatures ?? default,
            IsCompressed = json.Object("asset")?.String("compression") is { } compression ? compression == Gzip : parent?.IsCompressed ?? false,
        };
    }

    private static IReadOnlyList<string> Features(JsonObject json)
    {
        var features = json.Strings("processorFeatures");
        return features.All(feature => ProcessorFeatures.Contains(feature, StringComparer.Ordinal)) ? features : throw json.Invalid("processorFeatures", "a list of " + string.Join(", ", ProcessorFeatures));
    }

    private static (JsonObject Json, string Folder) Open(string nameOrPath, string directory)
    {
        if (BuiltInProfiles.Names.Contains(nameOrPath, StringComparer.Ordinal))
            return (JsonObject.Parse(BuiltInProfiles.Json(nameOrPath), new JsonSource(nameOrPath, DiagnosticRules.ProfileInvalid)), directory);
        var path = FilePaths.Absolute(nameOrPath, directory);
        if (path is null || !File.Exists(path))
            throw new DiagnosticException(DiagnosticRules.ProfileUnknown.Create(null, nameOrPath, string.Join(", ", BuiltInProfiles.Names)));
        return (JsonSource.Read(path, DiagnosticRules.ProfileInvalid), Path.GetDirectoryName(path)!);
    }

    private static ManifestProvider Provider(JsonObject json) =>
        new(json.String("name") ?? throw json.Invalid("name", "the name of an execution provider"), new(json.Entries("options")));

    private static EquatableArray<T>? Own<T>(IReadOnlyList<T> items)
        where T : IEquatable<T> => items.Count == 0 ? null : new EquatableArray<T>(items);
}
