using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>What a target's integer kernels take.</summary>
/// <param name="Activations">Format of what flows between operators: one scale for a tensor, with a zero point.</param>
/// <param name="Weights">Format of weights; symmetric.</param>
/// <param name="WeightsWhereSumsSaturate">The narrower format that a weight falls back to where products of two could leave 16 bits; null where sums are wide.</param>
/// <param name="PerChannel">Whether each output channel of a weight has a scale of its own.</param>
/// <param name="Operators">The operators that have integer kernels, and those that only move integers.</param>
public sealed record QuantizationScheme(
    IntegerFormat Activations, IntegerFormat Weights, IntegerFormat? WeightsWhereSumsSaturate, bool PerChannel, TargetOperators Operators)
{
    /// <summary>How weights are stored: <see cref="ElementType.Int8"/> as they are, <see cref="ElementType.UInt8"/> moved up by 128.</summary>
    public ElementType WeightType { get; init; } = ElementType.Int8;

    /// <summary>True where biases stay float32; else they are int32 in steps of s(x)·s(w).</summary>
    public bool FloatBiases { get; init; }

    /// <summary>The least of 1, 2, 4 … with which no network that was tried loses anything by even channels.</summary>
    private const double ClippingWeightOfEvenChannels = 8;

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

    /// <summary>What the profile says.</summary>
    public static QuantizationScheme Of(HardwareProfile profile) => Of(profile.Quantization);

    /// <summary>What the formats of a profile say. Weights are symmetric on every target.</summary>
    public static QuantizationScheme Of(QuantizationFormat format)
    {
        var narrow = format.WeightBitsWhereSumsSaturate is { } bits ? WeightsOf(format, bits) : null;
        var scheme = new QuantizationScheme(ActivationsOf(format), WeightsOf(format, format.WeightBits), narrow, format.PerChannel, TargetOperators.Of(format))
        {
            WeightType = format.WeightType == IntegerType.UInt8 ? ElementType.UInt8 : ElementType.Int8,
            FloatBiases = format.FloatBiases,
            Ranges = format.Ranges,
            Ladder = format.Ladder,
            Blockwise = format.Blockwise,
            ChannelsLast = format.ChannelsLast,
            DynamicFromMultiplications = format.DynamicFromMultiplications,
        };
        return format.Percentile is { } percentile ? scheme with { Percentile = percentile } : scheme;
    }

    /// <summary>True where integers end at 0 if real numbers do, so that saturating does the work of a Relu; false where the zero point is fixed in the middle.</summary>
    internal bool Saturates => !Activations.IsSymmetric;

    /// <summary>True where products of two could leave 16 bits on the target.</summary>
    internal bool SumsSaturate => WeightsWhereSumsSaturate is not null && Activations.Type == ElementType.UInt8;

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

    /// <summary>Whether each output channel of the weight of a node has a scale of its own.</summary>
    internal bool IsPerChannel(Node node) => PerChannel && Operators.MayBePerChannel(node);

    private static IntegerFormat ActivationsOf(QuantizationFormat format)
    {
        var integers = format.ActivationType switch
        {
            IntegerType.UInt16 => IntegerFormat.UInt16,
            IntegerType.UInt8 => IntegerFormat.UInt8,
            _ => format.SymmetricActivations ? IntegerFormat.Symmetric(8) : IntegerFormat.Int8,
        };
        return integers with { LeastWidth = format.MinimumRange };
    }

    private static IntegerFormat WeightsOf(QuantizationFormat format, int bits) => IntegerFormat.Symmetric(bits) with { LeastWidth = format.MinimumRange };

    /// <summary>
    /// The same for an activation whose channels were made even. Every channel may reach the ends there, also one that is rare and matters (that of a face, in a picture without
    /// many), and least squares would clip it for the sake of the many others: what is clipped counts more.
    /// </summary>
    public IRangeEstimator NewEstimatorOfEvenChannels() =>
        Ranges == RangeMethod.Mse ? new HistogramEstimator(new MseRange(Activations) { ClippingWeight = ClippingWeightOfEvenChannels }) : NewEstimator();
}
