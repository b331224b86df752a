using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Reports;

/// <summary>What one compile did and measured, as <c>modelc compile --json</c> prints it and the report file holds it. What was not measured is null.</summary>
public sealed record CompileReport
{
    /// <summary>The source file.</summary>
    public required string Model { get; init; }

    public required string Profile { get; init; }

    public required string Precision { get; init; }

    public required ModelFacts Original { get; init; }

    /// <summary>What it was made with and measured on; null where it was copied as it is.</summary>
    public IReadOnlyList<DataFacts>? Data { get; init; }

    /// <summary>Null where nothing was written.</summary>
    public required CompiledFacts? Compiled { get; init; }

    /// <summary>What the app carries in place of the model; null where that is the model itself.</summary>
    public CompressedFacts? Compressed { get; init; }

    public required IReadOnlyList<PassFacts> Passes { get; init; }

    public QuantizedFacts? Quantized { get; init; }

    /// <summary>What the steps that make integers more accurate are worth; null where none were taken.</summary>
    public IReadOnlyList<LadderFacts>? Ladder { get; init; }

    /// <summary>What went, and what else was tried; null where nothing was to be pruned.</summary>
    public PruningFacts? Pruning { get; init; }

    /// <summary>What was trained on the answers of the original or of a teacher, in order; null where nothing was to be.</summary>
    public IReadOnlyList<TrainingFacts>? Trainings { get; init; }

    /// <summary>Every form that was measured, the shipped one among them, in the order in which they were built.</summary>
    public IReadOnlyList<FormFacts> Tried { get; init; } = [];

    public FidelityFacts? Fidelity { get; init; }

    public AccuracyFacts? Accuracy { get; init; }

    /// <summary>All metrics that fit the task, <see cref="Accuracy"/> among them; empty where none could be taken, null where nothing was compared.</summary>
    public IReadOnlyList<MeasureFacts>? Measures { get; init; }

    /// <summary>Of models that take images; null where nobody wanted it looked at.</summary>
    public RobustnessFacts? Robustness { get; init; }

    /// <summary>Of classifiers; null where nobody wanted it looked at.</summary>
    public AdversarialFacts? Adversarial { get; init; }

    /// <summary>Whether confidence is accuracy; null where no labelled classifier was judged.</summary>
    public CalibrationFacts? Calibration { get; init; }

    /// <summary>Whether a classifier is less sure of what it does not know; null for every other model.</summary>
    public OutOfDistributionFacts? OutOfDistribution { get; init; }

    /// <summary>Of classifiers, on typical samples; null for every other model.</summary>
    public ChangedAnswersFacts? ChangedAnswers { get; init; }

    public LatencyFacts? Latency { get; init; }

    /// <summary>Null where neither a limit nor evaluation data asked for it, or the host is not the profile's.</summary>
    public MemoryFacts? Memory { get; init; }

    /// <summary>An estimate; null where the profile has no figures for it, or sizes are not known.</summary>
    public EnergyFacts? Energy { get; init; }

    /// <summary>When and where the figures were measured.</summary>
    public MeasuringFacts? Measured { get; init; }

    public required IReadOnlyList<DiagnosticFacts> Diagnostics { get; init; }
}

/// <param name="Bytes">Of the model file and its external data.</param>
/// <param name="Parameters">Elements of its weights.</param>
/// <param name="Macs">Multiply-accumulates of one sample; null where a shape is not known.</param>
public sealed record ModelFacts(long Bytes, long? Parameters, long? Macs);

/// <param name="Path">The asset.</param>
/// <param name="Bytes">Of the asset and its external data.</param>
/// <param name="Parameters">Elements of its weights.</param>
/// <param name="Macs">Multiply-accumulates of one sample; null where a shape is not known.</param>
/// <param name="Sha256">Of the asset, in lower-case hexadecimal.</param>
public sealed record CompiledFacts(string Path, long Bytes, long? Parameters, long? Macs, string Sha256);

/// <param name="Path">The compressed asset.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of it, in lower-case hexadecimal.</param>
public sealed record CompressedFacts(string Path, long Bytes, string Sha256);

/// <param name="Name">The pass.</param>
/// <param name="Edits">Edits that it made.</param>
/// <param name="Declined">Places that it looked at and left alone.</param>
public sealed record PassFacts(string Name, int Edits, int Declined);

/// <param name="Eligible">Operators that have an integer kernel.</param>
/// <param name="Integer">Those that are computed in integers.</param>
/// <param name="Kept">Those that were kept in float, and why.</param>
/// <param name="MacsShare">The share of the model's multiply-accumulates that is done in integers, from 0 to 1; null where sizes are not known.</param>
public sealed record QuantizedFacts(int Eligible, int Integer, IReadOnlyList<KeptNode> Kept, double? MacsShare = null);

/// <param name="Step"><c>nearest</c> for no step at all, else the last of the profile's ladder that was taken.</param>
/// <param name="SqnrDb">Of the outputs, on a few samples of the calibration data.</param>
public sealed record LadderFacts(string Step, double? SqnrDb);

public sealed record KeptNode(string Node, string Reason);

public sealed record DiagnosticFacts(string Id, string Severity, string Message)
{
    public static DiagnosticFacts Of(ModelDiagnostic diagnostic) =>
        new(diagnostic.Id, diagnostic.Severity.ToString().ToLowerInvariant(), diagnostic.Message);

    /// <summary>The diagnostic again, as one about <paramref name="file"/>.</summary>
    public ModelDiagnostic ToDiagnostic(string file) => new(DiagnosticRules.All.First(rule => rule.Id == Id), file, Message);
}
