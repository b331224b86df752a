namespace ModelCompiler.Contract;

/// <summary>All models of one project build, handed from the MSBuild task to <c>modelc build --request</c> in one file.</summary>
public sealed record BuildRequest
{
    /// <summary>The version of the file's form; another one is refused, since task and tool come from the same package.</summary>
    public const int CurrentVersion = 1;

    public required EquatableArray<ModelRequest> Models { get; init; }

    /// <summary>Folder of the content-addressed cache; null for none.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Address of a cache that a team shares; null for none.</summary>
    public string? RemoteCache { get; init; }

    /// <summary>False: results are only taken from <see cref="RemoteCache"/>.</summary>
    public bool RemoteCacheUpload { get; init; } = true;

    /// <summary>False: copy every model unchanged, once for each profile.</summary>
    public bool Optimize { get; init; } = true;

    /// <summary>True: what comes of a model is written into its <see cref="ModelLock"/>, and not judged by it.</summary>
    public bool Accept { get; init; }

    /// <summary>Folders in which ONNX Runtime's native library is looked for, first match first.</summary>
    public EquatableArray<string> NativePaths { get; init; }
}

/// <summary>One model of a <see cref="BuildRequest"/>. All paths are absolute.</summary>
public sealed record ModelRequest
{
    public required string Model { get; init; }

    /// <summary>Base name of the outputs: <c>&lt;Name&gt;.&lt;profile&gt;.onnx</c> and <c>&lt;Name&gt;.&lt;profile&gt;.report.json</c> in <see cref="OutputDirectory"/>.</summary>
    public required string Name { get; init; }

    public required string OutputDirectory { get; init; }

    /// <summary>Names of built-in profiles, or paths of profile files; at least one.</summary>
    public required EquatableArray<string> Profiles { get; init; }

    /// <summary>What the project says of the model: metadata over sidecar, already merged.</summary>
    public required ModelOptions Options { get; init; }
}
