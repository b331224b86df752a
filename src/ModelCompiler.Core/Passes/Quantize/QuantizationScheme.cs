using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>What a target's integer kernels take.</summary>
/// <param name="Activations">Format of what flows between operators: one scale for a tensor, with a zero point.</param>
/// <param name="Weights">Format of weights; symmetric.</param>
/// <param name="PerChannel">Whether each output channel of a weight has a scale of its own.</param>
/// <param name="Operators">The operators that have integer kernels, and those that only move integers.</param>
public sealed record QuantizationScheme(IntegerFormat Activations, IntegerFormat Weights, bool PerChannel, IReadOnlySet<string> Operators)
{
    /// <summary>What the profile says. Weights are symmetric int8 on every target.</summary>
    public static QuantizationScheme Of(HardwareProfile profile)
    {
        var format = profile.Quantization;
        var activations = format.ActivationType == IntegerType.UInt8 ? IntegerFormat.UInt8 : IntegerFormat.Int8;
        var weights = IntegerFormat.Symmetric(format.WeightBitsWhereSumsSaturate ?? format.WeightBits);
        return new(activations, weights, format.PerChannel, format.IntegerOperators.Concat(format.PassThroughOperators).ToHashSet(StringComparer.Ordinal));
    }
}
