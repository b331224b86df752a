using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>An InstanceNormalization or LayerNormalization with a constant scale and bias, one number for each channel.</summary>
/// <param name="Node">Input 0 carries the activations, input 1 the scale, input 2 the bias.</param>
/// <param name="Scale">float32, of one axis.</param>
/// <param name="Bias">As many numbers; null where there is none.</param>
internal sealed record NormalizationNode(Node Node, Tensor Scale, float[]? Bias)
{
    /// <summary>Bits that a bias may take of its 32.</summary>
    private const int BiasBits = 29;

    /// <summary>The reason why a node cannot be integer, or null where it can.</summary>
    public static string? ReasonToKeep(Node node)
    {
        if (!IsUsable(node.Input(1)) || (node.Input(2) is { } bias && !(IsUsable(bias) && bias.Constant!.Count == node.Input(1)!.Constant!.Count)))
            return "its scale and bias are not constants of one number for each channel";
        return node.Outputs.Skip(1).Any(output => output is not null) ? "it gives mean and deviation too" : null;
    }

    public static NormalizationNode Of(Node node) => new(node, node.Inputs[1]!.Constant!, node.Input(2)?.Constant?.Span<float>().ToArray());

    /// <summary>
    /// Scale and zero point of its scale, which covers the numbers; the step grows where the bias, in steps of it times that of the input, would leave its bits.
    /// </summary>
    public QuantizationParameters ParametersOf(float inputStep, IntegerFormat weights)
    {
        var covering = QuantizationParameters.Covering(ValueRange.Of(Scale.Span<float>()), weights);
        var least = Bias is { Length: > 0 } bias ? MathF.ScaleB(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(bias) / inputStep, -BiasBits) : 0;
        return covering with { Scale = Math.Max(covering.Scale, Math.Abs(least)) };
    }

    private static bool IsUsable(Value? value) =>
        value is { IsOverridable: false, Constant: { Type: ElementType.Float32, Rank: 1, Count: > 0 } constant } && FiniteWeights.Are(constant);
}
