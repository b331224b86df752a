using System.Text.Json.Serialization;
using ModelCompiler.Contract;

namespace ModelCompiler.Profiles;

/// <summary>What the compiler knows of a kind of device: number formats, operators, providers, the asset's form. Read from JSON by <see cref="HardwareProfiles"/>.</summary>
/// <remarks>The serializer hands null to the accessor of a property that the JSON leaves out.</remarks>
public sealed record HardwareProfile
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Part of the asset's file name.</summary>
    public required string Name { get; init; }

    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary>
    /// True for another way to use a device, such as its neural processor: who wants it names it. False for the profile that its runtime identifiers choose.
    /// </summary>
    public bool OnlyByName { get; init; }

    /// <summary>The devices, as .NET runtime identifiers; empty for a profile that only others extend.</summary>
    public IReadOnlyList<string> RuntimeIdentifiers { get; init => field = value ?? []; } = [];

    /// <summary>What the device's processor must have: the app takes another profile where it has not.</summary>
    public IReadOnlyList<string> ProcessorFeatures { get; init => field = value ?? []; } = [];

    /// <summary>In the order in which the app tries them.</summary>
    public required IReadOnlyList<ExecutionProvider> ExecutionProviders { get; init; }

    /// <summary>Session configuration entries of ONNX Runtime.</summary>
    public IReadOnlyDictionary<string, string> SessionSettings { get; init => field = value ?? None; } = None;

    public required PrecisionRules Precisions { get; init; }

    public required QuantizationFormat Quantization { get; init; }

    public required PruningRules Pruning { get; init; }

    public required AssetForm Asset { get; init; }

    /// <summary>Runtime identifiers of build machines that may measure latency for this profile.</summary>
    public IReadOnlyList<string> MeasurableOn { get; init => field = value ?? []; } = [];

    public ProfileBudgets Budgets { get; init => field = value ?? new(); } = new();

    /// <summary>Null where nothing is known of it.</summary>
    public EnergyCosts? Energy { get; init; }

    /// <summary>True where the CPU provider is the first to take operators, so that what it runs here is what devices run.</summary>
    public bool RunsOnCpu => ExecutionProviders[0].Name == "CPU";

    /// <summary>True where a latency measured on the given host says something about this profile's devices.</summary>
    public bool IsMeasurableOn(string runtimeIdentifier) => MeasurableOn.Contains(runtimeIdentifier, StringComparer.Ordinal);
}

/// <summary>An execution provider of ONNX Runtime and its options.</summary>
public sealed record ExecutionProvider
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    public required string Name { get; init; }

    public IReadOnlyDictionary<string, string> Options { get; init => field = value ?? None; } = None;
}

/// <summary>Which precisions a device runs well, by the words of the <c>Precision</c> metadata.</summary>
public sealed record PrecisionRules
{
    public required IReadOnlyList<string> Allowed { get; init; }

    /// <summary>The first choice where calibration data is given.</summary>
    public required string WithCalibration { get; init; }

    /// <summary>The first choice without data: one of the forms that are safe without it.</summary>
    public required string WithoutCalibration { get; init; }
}

/// <summary>The integer formats that a device's kernels run.</summary>
public sealed record QuantizationFormat
{
    private static readonly AccuracyStep[] UsualLadder = [AccuracyStep.EqualizeChannels, AccuracyStep.SmoothActivations, AccuracyStep.ErrorFeedback, AccuracyStep.CorrectBias];

    public required IntegerType ActivationType { get; init; }

    /// <summary>True where the zero point of activations must be 0; of <see cref="IntegerType.Int8"/> only.</summary>
    public bool SymmetricActivations { get; init; }

    /// <summary>Ranges of real numbers that are narrower are widened to this; 0 where any width will do.</summary>
    public double MinimumRange { get; init; }

    /// <summary>8 bits. Weights are symmetric in either type: unsigned ones have the zero point 128.</summary>
    public required IntegerType WeightType { get; init; }

    /// <summary>One scale for each output channel of a weight instead of one for all.</summary>
    public required bool PerChannel { get; init; }

    /// <summary>Operators whose weights have one scale for all channels even so.</summary>
    public IReadOnlyList<string> PerTensorOperators { get; init => field = value ?? []; } = [];

    /// <summary>True where biases stay float32; else they are int32 in steps of s(x)·s(w).</summary>
    public bool FloatBiases { get; init; }

    /// <summary>Which of the operators that could be integer are.</summary>
    public QuantizationReach Reach { get; init; }

    /// <summary>Bits of a weight that are used.</summary>
    public required int WeightBits { get; init; }

    /// <summary>
    /// Bits of a weight in a layer whose pairs of products could leave 16 bits, on CPUs that add them so (x86 without VNNI);
    /// null where sums are kept in 32 bits.
    /// </summary>
    public int? WeightBitsWhereSumsSaturate { get; init; }

    /// <summary>How the range of an activation's integers follows from what calibration saw.</summary>
    public RangeMethod Ranges { get; init; }

    /// <summary>Of <see cref="RangeMethod.Percentile"/>: above 50, up to 100; null is 99.99.</summary>
    public double? Percentile { get; init; }

    /// <summary>Products that get weights in blocks where weights are stored as integers; null on devices without a kernel for them.</summary>
    public BlockwiseProducts? Blockwise { get; init; }

    /// <summary>What the kernels take, by which it is decided where integers pay.</summary>
    public required KernelCosts Costs { get; init; }

    /// <summary>
    /// True where the runtime's kernels for integer convolutions work in NHWC: integer operators are then written out in that order. Else they are
    /// float operators between Q and DQ, the form that every execution provider reads.
    /// </summary>
    public bool ChannelsLast { get; init; }

    /// <summary>Rows × inputs × outputs from which on a matrix product gains from integers whose range is found anew at every run; 0 where that is not known.</summary>
    public long DynamicFromMultiplications { get; init; }

    /// <summary>The steps, all without labels, that make integers more accurate than rounding to nearest; left out, those that pay everywhere.</summary>
    public IReadOnlyList<AccuracyStep> Ladder { get; init => field = value ?? UsualLadder; } = UsualLadder;

    /// <summary>Operators with integer kernels: only these are computed in integers.</summary>
    public required IReadOnlyList<string> IntegerOperators { get; init; }

    /// <summary>Operators that move values without changing them, and so hand integers on with the same scale.</summary>
    public required IReadOnlyList<string> PassThroughOperators { get; init; }
}

/// <summary>A type of integers that stand for real numbers.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<IntegerType>))]
public enum IntegerType
{
    Int8,
    UInt8,

    /// <summary>Of activations only.</summary>
    UInt16,
}

/// <summary>Which of the operators that could be integer are.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<QuantizationReach>))]
public enum QuantizationReach
{
    /// <summary>Layers with weights, and what lies between them: where float is at hand, it costs nothing to compute the ends of a network in it.</summary>
    BetweenLayers,

    /// <summary>All: for devices that have no float, or leave it to another processor.</summary>
    Everything,
}

/// <summary>How the range of an activation's integers follows from what calibration saw.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RangeMethod>))]
public enum RangeMethod
{
    /// <summary>The least and greatest number: nothing is clipped.</summary>
    MinMax,

    /// <summary>The rarest numbers at each end are clipped.</summary>
    Percentile,

    /// <summary>The least divergence of the distribution of the integers from that of the numbers.</summary>
    Entropy,

    /// <summary>The least squared error of rounding and clipping together.</summary>
    Mse,
}

/// <summary>A step that makes integers more accurate than rounding to nearest, in the order in which they are taken.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AccuracyStep>))]
public enum AccuracyStep
{
    /// <summary>Channels between convolutions are scaled so that one range for all of them fits each.</summary>
    EqualizeChannels,

    /// <summary>The same for what matrix products read.</summary>
    SmoothActivations,

    /// <summary>The scale of each output channel is the one of least error of the layer's output.</summary>
    SearchScales,

    /// <summary>Each weight makes up for the rounding of those before it.</summary>
    ErrorFeedback,

    /// <summary>The bias of each layer takes back the mean error of its rounding.</summary>
    CorrectBias,
}

public sealed record PruningRules
{
    /// <summary>Channel counts are kept at multiples of this, the width of the kernels' blocks.</summary>
    public required int ChannelMultiple { get; init; }

    /// <summary>The same for layers of at least four times so many channels; null where it is no other.</summary>
    public int? WideChannelMultiple { get; init; }
}

/// <summary>How the asset is stored.</summary>
public sealed record AssetForm
{
    /// <summary><c>onnx</c>.</summary>
    public required string Format { get; init; }

    /// <summary><c>never</c>, <c>over2GB</c> (the limit of one ONNX file) or <c>always</c>.</summary>
    public required string ExternalData { get; init; }

    /// <summary><c>none</c>, or <c>gzip</c>: the app carries the model compressed, and unpacks it into memory when it loads it.</summary>
    public required string Compression { get; init; }

    [JsonIgnore]
    public bool IsCompressed => Compression == ProfileReader.Gzip;
}

/// <summary>Budgets of every model of the profile, as written in metadata (<c>4MB</c>, <c>12ms</c>); a model's own budgets win.</summary>
public sealed record ProfileBudgets
{
    public string? MaxAccuracyDrop { get; init; }

    public string? MaxClassDrop { get; init; }

    public string? MinAgreement { get; init; }

    public string? MaxSize { get; init; }

    public string? MaxLatency { get; init; }

    public string? MaxMemory { get; init; }
}
