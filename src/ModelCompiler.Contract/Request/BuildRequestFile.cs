namespace ModelCompiler.Contract;

/// <summary>
/// Reads and writes the JSON of a <see cref="BuildRequest"/>:
/// <c>{ "version": 1, "optimize": true, "accept": true, "cacheDirectory": "…", "remoteCache": "…", "remoteCacheUpload": true, "nativePaths": […], "models": [{ "model", "name", "outputDirectory", "profiles": […], "options": { as a sidecar } }] }</c>.
/// </summary>
public static class BuildRequestFile
{
    /// <exception cref="DiagnosticException">MC0012.</exception>
    public static BuildRequest Read(string path) => Read(JsonSource.Read(path, DiagnosticRules.RequestInvalid), Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <exception cref="DiagnosticException">MC0012.</exception>
    public static BuildRequest Parse(string json, string? file) =>
        Read(JsonObject.Parse(json, new JsonSource(file, DiagnosticRules.RequestInvalid)), Directory.GetCurrentDirectory());

    /// <summary>The request as JSON; the same request always gives the same text.</summary>
    public static string Write(BuildRequest request) => JsonText.Write(json =>
    {
        json.Number("version", BuildRequest.CurrentVersion);
        json.Bool("optimize", request.Optimize);
        json.Bool("accept", request.Accept ? true : null);
        json.String("cacheDirectory", request.CacheDirectory);
        json.String("remoteCache", request.RemoteCache);
        json.Bool("remoteCacheUpload", request.RemoteCacheUpload);
        json.Strings("nativePaths", request.NativePaths);
        json.Objects("models", request.Models, model => Write(json, model));
    });

    private static void Write(JsonText json, ModelRequest model)
    {
        json.String("model", model.Model);
        json.String("name", model.Name);
        json.String("outputDirectory", model.OutputDirectory);
        json.Strings("profiles", model.Profiles);
        json.Object("options", () => ModelOptionsJson.Write(json, model.Options));
    }

    private static BuildRequest Read(JsonObject json, string directory)
    {
        if (json.Number("version") is not BuildRequest.CurrentVersion)
            throw json.Invalid("version", $"{BuildRequest.CurrentVersion}");
        var request = new BuildRequest
        {
            Optimize = json.Bool("optimize") ?? true,
            Accept = json.Bool("accept") ?? false,
            CacheDirectory = ModelOptionsJson.FilePath(json, "cacheDirectory", directory),
            RemoteCache = json.String("remoteCache"),
            RemoteCacheUpload = json.Bool("remoteCacheUpload") ?? true,
            NativePaths = new(json.Strings("nativePaths")),
            Models = new(json.Objects("models").Select(model => ReadModel(model, directory))),
        };
        json.RejectUnknown();
        return request;
    }

    private static ModelRequest ReadModel(JsonObject json, string directory)
    {
        var profiles = json.Strings("profiles");
        var model = new ModelRequest
        {
            Model = ModelOptionsJson.FilePath(json, "model", directory) ?? throw json.Invalid("model", "a path"),
            Name = json.String("name") ?? throw json.Invalid("name", "a text"),
            OutputDirectory = ModelOptionsJson.FilePath(json, "outputDirectory", directory) ?? throw json.Invalid("outputDirectory", "a path"),
            Profiles = new(profiles.Count > 0 ? profiles : throw json.Invalid("profiles", "a list of at least one profile")),
            Options = json.Object("options") is { } options ? ModelOptionsJson.Read(options, directory) : ModelOptions.None,
        };
        json.RejectUnknown();
        return model;
    }
}
