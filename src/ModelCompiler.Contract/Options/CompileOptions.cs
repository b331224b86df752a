namespace ModelCompiler.Contract;

/// <summary>
/// What a project wants of the compiled model, as it was written; checked when read, so that <see cref="Quantity"/> parses every amount.
/// Null is "not said". Paths are absolute.
/// </summary>
public sealed record CompileOptions
{
    public static CompileOptions None { get; } = new();

    /// <summary>One of <see cref="OptionWords.Precisions"/>.</summary>
    public string? Precision { get; init; }

    /// <summary>One of <see cref="OptionWords.Prunings"/>.</summary>
    public string? Pruning { get; init; }

    /// <summary>A fraction: of multiply-accumulates to remove for <c>channels</c>, of weights to zero for <c>weights</c>.</summary>
    public string? PruningRatio { get; init; }

    public bool? Distill { get; init; }

    /// <summary>Path of the model to distill from.</summary>
    public string? Teacher { get; init; }

    /// <summary>A duration.</summary>
    public string? DistillTime { get; init; }

    /// <summary>Path of a data set.</summary>
    public string? Calibration { get; init; }

    /// <summary>Path of a data set.</summary>
    public string? Evaluation { get; init; }

    /// <summary>Path of a data set of inputs that are nothing the model knows.</summary>
    public string? OutOfDistribution { get; init; }

    /// <summary>A fraction.</summary>
    public string? MaxAccuracyDrop { get; init; }

    /// <summary>A fraction: what a single class or slice may lose of its accuracy.</summary>
    public string? MaxClassDrop { get; init; }

    /// <summary>A fraction: the share of the original's answers that must stay.</summary>
    public string? MinAgreement { get; init; }

    /// <summary>True where limits of accuracy must be shown to be kept, not only kept by what was measured.</summary>
    public bool? RequireEvidence { get; init; }

    /// <summary>True to look at what disturbed inputs do, false not to; null does where there is evaluation data.</summary>
    public bool? Robustness { get; init; }

    /// <summary>False where the declared preprocessing of images is meant, whatever other ones show.</summary>
    public bool? CheckPreprocessing { get; init; }

    /// <summary>A number of bytes.</summary>
    public string? MaxSize { get; init; }

    /// <summary>A duration.</summary>
    public string? MaxLatency { get; init; }

    /// <summary>A number of bytes.</summary>
    public string? MaxMemory { get; init; }

    /// <summary>Names of built-in profiles, or paths of profile files.</summary>
    public EquatableArray<string> Profiles { get; init; }

    /// <summary>How the asset reaches the device.</summary>
    public string? Delivery { get; init; }

    /// <summary>These options, completed by <paramref name="defaults"/> where nothing was said.</summary>
    public CompileOptions Over(CompileOptions defaults) => new()
    {
        Precision = Precision ?? defaults.Precision,
        Pruning = Pruning ?? defaults.Pruning,
        PruningRatio = PruningRatio ?? defaults.PruningRatio,
        Distill = Distill ?? defaults.Distill,
        Teacher = Teacher ?? defaults.Teacher,
        DistillTime = DistillTime ?? defaults.DistillTime,
        Calibration = Calibration ?? defaults.Calibration,
        Evaluation = Evaluation ?? defaults.Evaluation,
        OutOfDistribution = OutOfDistribution ?? defaults.OutOfDistribution,
        MaxAccuracyDrop = MaxAccuracyDrop ?? defaults.MaxAccuracyDrop,
        MaxClassDrop = MaxClassDrop ?? defaults.MaxClassDrop,
        MinAgreement = MinAgreement ?? defaults.MinAgreement,
        RequireEvidence = RequireEvidence ?? defaults.RequireEvidence,
        Robustness = Robustness ?? defaults.Robustness,
        CheckPreprocessing = CheckPreprocessing ?? defaults.CheckPreprocessing,
        MaxSize = MaxSize ?? defaults.MaxSize,
        MaxLatency = MaxLatency ?? defaults.MaxLatency,
        MaxMemory = MaxMemory ?? defaults.MaxMemory,
        Profiles = Profiles.Count > 0 ? Profiles : defaults.Profiles,
        Delivery = Delivery ?? defaults.Delivery,
    };
}
