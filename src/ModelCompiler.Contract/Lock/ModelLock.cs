namespace ModelCompiler.Contract;

/// <summary>What a model was when it was accepted, profile by profile: a file that is committed beside the model, so that what changed is seen and what got worse fails.</summary>
/// <param name="Profiles">One for each profile, in the order of their names.</param>
public sealed record ModelLock(EquatableArray<LockedForm> Profiles)
{
    /// <summary>The version of the file's form; another one is refused.</summary>
    public const int CurrentVersion = 1;

    /// <summary>A lock that says nothing yet.</summary>
    public static ModelLock Empty { get; } = new(EquatableArray<LockedForm>.Empty);

    /// <summary>What was accepted for a profile; null where nothing was.</summary>
    public LockedForm? For(string profile) => Profiles.FirstOrDefault(form => form.Profile == profile);

    /// <summary>The lock with this form in place of that of the same profile; the others stay.</summary>
    public ModelLock With(LockedForm accepted) =>
        new(new EquatableArray<LockedForm>(Profiles.Where(form => form.Profile != accepted.Profile).Append(accepted).OrderBy(form => form.Profile, StringComparer.Ordinal)));
}

/// <summary>A compiled form of a model as it was accepted. What was not measured is null.</summary>
public sealed record LockedForm
{
    /// <summary>Name of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>SHA-256 of the original with its external data.</summary>
    public required string Model { get; init; }

    /// <summary>Version of the compiler, for people.</summary>
    public string? Compiler { get; init; }

    /// <summary>SHA-256 of the data sets; null where none was given.</summary>
    public string? Evaluation { get; init; }

    /// <inheritdoc cref="Evaluation"/>
    public string? Calibration { get; init; }

    /// <summary>The word for the number format.</summary>
    public required string Precision { get; init; }

    public LockedPruning? Pruning { get; init; }

    /// <summary>Operators that compute in integers.</summary>
    public int? IntegerOperators { get; init; }

    /// <summary>Nodes that could and do not.</summary>
    public EquatableArray<string> KeptInFloat { get; init; }

    /// <summary>Size of the compiled model with its external data.</summary>
    public required long Bytes { get; init; }

    /// <summary>Size of what the app carries in its place; null where that is the model itself.</summary>
    public long? CompressedBytes { get; init; }

    /// <summary>Multiply-accumulates of one sample.</summary>
    public long? Macs { get; init; }

    public LockedAccuracy? Accuracy { get; init; }

    public LockedFidelity? Fidelity { get; init; }

    /// <summary>Original's time ÷ the compiled model's, for people: it holds for the machine that measured it, and nothing is judged by it.</summary>
    public double? LatencyRatio { get; init; }

    /// <summary>SHA-256 of the compiled model's file.</summary>
    public required string Compiled { get; init; }

    /// <summary>How the integers of each activation are read.</summary>
    public EquatableArray<LockedRange> Ranges { get; init; }

    /// <summary>The data that figures were measured on; null for made-up inputs.</summary>
    public string? Samples => Evaluation ?? Calibration;
}

/// <param name="Method">A word of the <c>Pruning</c> metadata.</param>
/// <param name="Removed">The share that went, from 0 to 1.</param>
public sealed record LockedPruning(string Method, double Removed);

/// <param name="Metric">What was measured: <c>top1</c>, <c>AP50</c> or <c>detection agreement</c>.</param>
/// <param name="Original">Of the original, from 0 to 1.</param>
/// <param name="Compiled">Of the compiled model, from 0 to 1.</param>
/// <param name="Samples">Samples that were judged.</param>
public sealed record LockedAccuracy(string Metric, double Original, double Compiled, int Samples)
{
    /// <summary>Original minus compiled.</summary>
    public double Drop { get; init; }

    /// <summary>The 95 % interval of the drop.</summary>
    public LockedInterval? Ci95 { get; init; }

    /// <summary>The 95 % interval of the compiled model's figure, of metrics that are no share of samples.</summary>
    public LockedInterval? CompiledCi95 { get; init; }
}

/// <summary>A 95 % interval.</summary>
public sealed record LockedInterval(double Low, double High)
{
    /// <summary>Half its width.</summary>
    public double Reach => (High - Low) / 2;
}

/// <param name="SqnrDb">Signal to noise of the outputs against the original's, in decibels; 200 for equal outputs.</param>
/// <param name="Top1Agreement">The share of samples with the original's best class.</param>
/// <param name="Samples">Samples that were compared.</param>
public sealed record LockedFidelity(double? SqnrDb, double? Top1Agreement, int Samples);

/// <param name="Tensor">Name of the activation.</param>
/// <param name="Range">Scale and zero point, in words.</param>
public sealed record LockedRange(string Tensor, string Range);
