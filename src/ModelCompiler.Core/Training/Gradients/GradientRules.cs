using ModelCompiler.Graphs;
using ModelCompiler.Training.Gradients.Rules;

namespace ModelCompiler.Training.Gradients;

/// <summary>The one table from operator to gradient rule, put together from the families. Operators have the meaning of operator set 17 or later.</summary>
internal static class GradientRules
{
    private static readonly OperatorTable<GradientRule> Table = new(
    [
        Arithmetic.Rules,
        Functions.Rules,
        Activations.Rules,
        SmoothActivations.Rules,
        Softmaxes.Rules,
        MatrixProducts.Rules,
        Convolutions.Rules,
        Pools.Rules,
        Normalizations.Rules,
        Layouts.Rules,
        Joining.Rules,
        Slicing.Rules,
        Gathering.Rules,
        Reductions.Rules,
        Resampling.Rules,
        Quantizers.Rules,
    ],
    [.. SmoothActivations.Microsoft]);

    /// <summary>The rule of a node's operator, or null for one that is not in the table or that the model defines itself.</summary>
    public static GradientRule? Find(Node node) => Table.Find(node);
}
