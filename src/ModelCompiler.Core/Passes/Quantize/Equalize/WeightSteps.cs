namespace ModelCompiler.Passes;

/// <summary>How far apart the integers of weights lie.</summary>
/// <param name="Finest">max |w| of an output channel ÷ its greatest integer.</param>
/// <param name="Coarsest">The same in channels whose sums of two products would not fit into 16 bits otherwise; equal to <paramref name="Finest"/> where none is limited.</param>
internal sealed record WeightSteps(double Finest, double Coarsest)
{
    /// <summary>Weights that meet activations of known range.</summary>
    public static WeightSteps Of(QuantizationScheme scheme) => new(1.0 / scheme.Weights.Max, 1.0 / (scheme.WeightsWhereSumsSaturate ?? scheme.Weights).Max);

    /// <summary>Weights that may meet any activations.</summary>
    public static WeightSteps OfDynamic(QuantizationScheme scheme) => Of(scheme) with { Finest = Of(scheme).Coarsest };
}
