namespace ModelCompiler.Contract;

/// <summary>The lines that say what the app needs to know of a profile: its name, and below it compression, runtime identifiers, the processor's features, providers and settings.</summary>
internal static class ProfileLines
{
    public static IEnumerable<string> Of(ManifestProfile profile)
    {
        yield return ManifestText.Line("profile", profile.Name);
        if (profile.IsCompressed)
            yield return ManifestText.Line("  compression", ProfileReader.Gzip);
        foreach (var identifier in profile.RuntimeIdentifiers)
            yield return ManifestText.Line("  rid", identifier);
        foreach (var feature in profile.ProcessorFeatures)
            yield return ManifestText.Line("  processor", feature);
        foreach (var provider in profile.Providers)
            yield return ManifestText.Line("  provider", [provider.Name, .. provider.Options.SelectMany(option => new[] { option.Key, option.Value })]);
        foreach (var setting in profile.SessionSettings)
            yield return ManifestText.Line("  setting", setting.Key, setting.Value);
    }

    /// <summary>Reads the line that begins a profile.</summary>
    public static void Begin(List<ManifestProfile> profiles, ManifestFields fields) => profiles.Add(new ManifestProfile(fields.Text(), default, default, default));

    /// <summary>Reads a line of the last profile.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static void Read(List<ManifestProfile> profiles, string key, ManifestFields fields)
    {
        var profile = profiles[profiles.Count - 1];
        profiles[profiles.Count - 1] = key switch
        {
            "  compression" when fields.Text() == ProfileReader.Gzip => profile with { IsCompressed = true },
            "  rid" => profile with { RuntimeIdentifiers = new([.. profile.RuntimeIdentifiers, fields.Text()]) },
            "  processor" => profile with { ProcessorFeatures = new([.. profile.ProcessorFeatures, fields.Text()]) },
            "  provider" => profile with { Providers = new([.. profile.Providers, new(fields.Text(), fields.Entries())]) },
            "  setting" => profile with { SessionSettings = new([.. profile.SessionSettings, .. fields.Entries()]) },
            _ => throw new FormatException($"'{key.Trim()}' is not known of a profile"),
        };
    }
}
