using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>What a target's integer kernels take.</summary>
/// <param name="Activations">Format of what flows between operators: one scale for a tensor, with a zero point.</param>
/// <param name="Weights">Format of weights; symmetric.</param>
/// <param name="WeightsWhereSumsSaturate">The narrower format that a weight falls back to where products of two could leave 16 bits; null where sums are wide.</param>
/// <param name="PerChannel">Whether each output channel of a weight has a scale of its own.</param>
/// <param name="Operators">The operators that have integer kernels, and those that only move integers.</param>
public sealed record QuantizationScheme(
    IntegerFormat Activations, IntegerFormat Weights, IntegerFormat? WeightsWhereSumsSaturate, bool PerChannel, IReadOnlySet<string> Operators)
{
    /// <summary>How the range of an activation is found.</summary>
    public RangeMethod Ranges { get; init; }

    /// <summary>Of <see cref="RangeMethod.Percentile"/>, in percent.</summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>The steps that make integers more accurate.</summary>
    public IReadOnlyList<AccuracyStep> Ladder { get; init; } = [];

    /// <summary>The products that get weights in blocks where weights are stored as integers; null for none.</summary>
    public BlockwiseProducts? Blockwise { get; init; }

    /// <summary>True where integer operators are written out in NHWC instead of Q/DQ around float ones.</summary>
    public bool ChannelsLast { get; init; }

    /// <summary>From this many multiplications on a product gains from integers whose range is found at every run.</summary>
    public long DynamicFromMultiplications { get; init; }

    /// <summary>What the profile says. Weights are symmetric int8 on every target.</summary>
    public static QuantizationScheme Of(HardwareProfile profile) => Of(profile.Quantization);

    /// <summary>What the formats of a profile say.</summary>
    public static QuantizationScheme Of(QuantizationFormat format)
    {
        var activations = format.ActivationType == IntegerType.UInt8 ? IntegerFormat.UInt8 : IntegerFormat.Int8;
        var narrow = format.WeightBitsWhereSumsSaturate is { } bits ? IntegerFormat.Symmetric(bits) : null;
        var scheme = new QuantizationScheme(activations, IntegerFormat.Symmetric(format.WeightBits), narrow, format.PerChannel, OperatorsOf(format))
        {
            Ranges = format.Ranges,
            Ladder = format.Ladder,
            Blockwise = format.Blockwise,
            ChannelsLast = format.ChannelsLast,
            DynamicFromMultiplications = format.DynamicFromMultiplications,
        };
        return format.Percentile is { } percentile ? scheme with { Percentile = percentile } : scheme;
    }

    public bool Has(AccuracyStep step) => Ladder.Contains(step);

    /// <summary>A new estimator of the range of one activation.</summary>
    public IRangeEstimator NewEstimator() => Ranges switch
    {
        RangeMethod.MinMax => new MinMaxEstimator(),
        RangeMethod.Percentile => new HistogramEstimator(new PercentileRange(Percentile)),
        RangeMethod.Entropy => new HistogramEstimator(new EntropyRange(Activations)),
        RangeMethod.Mse => new HistogramEstimator(new MseRange(Activations)),
        _ => throw new InvalidOperationException($"There is no range method {Ranges}."),
    };

    private static HashSet<string> OperatorsOf(QuantizationFormat format) =>
        format.IntegerOperators.Concat(format.PassThroughOperators).ToHashSet(StringComparer.Ordinal);
}
