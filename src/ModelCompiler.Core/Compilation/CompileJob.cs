using ModelCompiler.Caching;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Memory;
using ModelCompiler.Profiles;

namespace ModelCompiler.Compilation;

/// <summary>One model to be compiled for one profile.</summary>
public sealed record CompileJob
{
    /// <summary>Path of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Base name of the outputs.</summary>
    public required string Name { get; init; }

    public required string OutputDirectory { get; init; }

    public required HardwareProfile Profile { get; init; }

    /// <summary>What the project says of the model, sidecar included.</summary>
    public ModelOptions Options { get; init; } = ModelOptions.None;

    /// <summary>False: the model is copied as it is.</summary>
    public bool Optimize { get; init; } = true;

    /// <summary>The folder in which what takes long is kept for the next compile; null keeps nothing.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>A team's cache of finished compiles; null for none.</summary>
    public RemoteCacheAddress? RemoteCache { get; init; }

    /// <summary>Measures the memory of a model in a process of its own; null where there is none to start.</summary>
    public IMemoryMeter? MemoryMeter { get; init; }

    /// <summary>Dates the report.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The same job as if no calibration data were given.</summary>
    public CompileJob WithoutCalibration => this with { Options = Options with { Compile = Options.Compile with { Calibration = null } } };

    public string AssetPath => Path.GetFullPath(Path.Combine(OutputDirectory, $"{Name}.{Profile.Name}.onnx"));

    /// <summary>Beside the asset, where the profile wants it.</summary>
    public string CompressedAssetPath => AssetPath + CompressedAsset.Ending;

    public string ReportPath => PathWith(ReportEndings.Json);

    /// <summary>The report and the documents that are made from it.</summary>
    internal IEnumerable<string> ReportPaths => ReportEndings.Documents.Select(PathWith).Prepend(ReportPath);

    /// <summary>A file beside the asset.</summary>
    internal string PathWith(string ending) => Path.ChangeExtension(AssetPath, ending);
}
