using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;

namespace ModelCompiler.Passes;

/// <summary>
/// Prunes single weights of a model, which keeps its layers and shapes: measures how many zeros each layer bears, chooses them, and fits what is left to the
/// original. The zeros make the model smaller once it is compressed; kernels for dense matrices are not faster for them.
/// </summary>
internal static class WeightPruning
{
    /// <summary>A copy of the model with zeros among its weights. Without typical samples the smallest weights go, and nothing makes up for them.</summary>
    /// <param name="model">Simplified; left as it is. Only its outer graph is pruned.</param>
    /// <param name="recipe">How many zeros, and how.</param>
    /// <param name="samples">Inputs like those that the app will see.</param>
    /// <param name="context">Told what was done, and what was left alone with the reason.</param>
    public static SparseModel Prune(Model model, WeightRecipe recipe, PruningSamples samples, PassContext context)
    {
        var pruned = model.Clone();
        IWeightSelection selection = recipe.Selection switch
        {
            WeightSelection.Magnitude => new MagnitudeSelection(),
            WeightSelection.SecondOrder => new SecondOrderSelection(),
            _ => new AlternatingSelection(),
        };
        var weights = PrunableWeight.In(model.Graph, context);
        var patterns = recipe.Ratio > 0 ? new ZeroPatterns(model, recipe, samples, selection).Of(weights, context) : [];
        if (patterns.Count > 0)
            PassRunner.Run(pruned, [Pass(), new RemoveDeadNodes()], context);
        return new(pruned, [.. PrunableWeight.In(pruned.Graph, new PassContext()).Select(LayerZeros.Of)]);

        IGraphPass Pass() => samples.AreTypical && recipe.Kept == KeptWeights.FittedToOriginal
            ? new PruneWeights(model, patterns, selection, samples.All, samples.AllCount)
            : new PruneSmallestWeights(patterns);
    }
}
