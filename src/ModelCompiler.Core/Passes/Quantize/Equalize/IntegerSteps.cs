namespace ModelCompiler.Passes;

/// <summary>How far apart the integers of activations and of the weights that they meet lie.</summary>
/// <param name="OfActivations">Into so many steps the range of activations is divided: 255, or 65,535.</param>
/// <param name="Finest">max |w| of an output channel ÷ its greatest integer.</param>
/// <param name="Coarsest">The same in channels whose sums of two products would not fit into 16 bits otherwise; equal to <paramref name="Finest"/> where none is limited.</param>
internal sealed record IntegerSteps(int OfActivations, double Finest, double Coarsest)
{
    /// <summary>Weights that meet activations of known range.</summary>
    public static IntegerSteps Of(QuantizationScheme scheme) =>
        new(scheme.Activations.Levels - 1, 1.0 / scheme.Weights.Max, 1.0 / (scheme.WeightsWhereSumsSaturate ?? scheme.Weights).Max);

    /// <summary>Weights that may meet any activations.</summary>
    public static IntegerSteps OfDynamic(QuantizationScheme scheme) => Of(scheme) with { Finest = Of(scheme).Coarsest };
}
