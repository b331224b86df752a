namespace ModelCompiler.Contract;

/// <summary>Reads and writes <c>&lt;name&gt;.model.lock.json</c>, the <see cref="ModelLock"/> beside a model. Its lines are made for diffs: one fact each, always in the same order.</summary>
public static class ModelLockFile
{
    /// <summary>Behind the model's name.</summary>
    public const string FileExtension = ".model.lock.json";

    /// <summary>The lock's path for a model, whether or not it exists.</summary>
    /// <param name="modelPath">The model file.</param>
    /// <param name="name">Base name of its assets: of two forms that a project makes of one file, each has a lock.</param>
    public static string PathFor(string modelPath, string name) => name == ModelNames.Asset(modelPath)
        ? Path.ChangeExtension(modelPath, FileExtension)
        : Path.Combine(Path.GetDirectoryName(modelPath) ?? "", name + FileExtension);

    /// <summary>Reads the lock at <paramref name="path"/>; null where there is none.</summary>
    /// <exception cref="DiagnosticException">MC0020, naming line and property.</exception>
    public static ModelLock? Read(string path) =>
        File.Exists(path) ? Read(JsonSource.Read(path, DiagnosticRules.LockInvalid)) : null;

    /// <summary>Reads a lock's text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">Named in diagnostics.</param>
    /// <exception cref="DiagnosticException">MC0020, naming line and property.</exception>
    public static ModelLock Parse(string json, string? file) => Read(JsonObject.Parse(json, new JsonSource(file, DiagnosticRules.LockInvalid)));

    /// <summary>The lock as JSON; the same lock always gives the same text.</summary>
    public static string Write(ModelLock locked) => JsonText.Write(json =>
    {
        json.Number("version", ModelLock.CurrentVersion);
        json.Map("profiles", locked.Profiles, form => json.Object(form.Profile, () => LockedFormJson.Write(json, form)));
    });

    private static ModelLock Read(JsonObject json)
    {
        if (json.Number("version") is not ModelLock.CurrentVersion)
            throw json.Invalid("version", $"{ModelLock.CurrentVersion}");
        var locked = ModelLock.Empty;
        if (json.Object("profiles") is { } profiles)
        {
            foreach (var name in profiles.PropertyNames)
                locked = locked.With(LockedFormJson.Read(name, profiles.Object(name) ?? throw profiles.Invalid(name, "an object")));
        }

        json.RejectUnknown();
        return locked;
    }
}
