using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>What zeros are wanted of which weight, by a recipe.</summary>
internal sealed class ZeroPatterns(Model model, WeightRecipe recipe, PruningSamples samples, IWeightSelection selection)
{
    /// <summary>By the names of weights; those that shall stay as they are, are not named.</summary>
    /// <param name="weights">All that may be pruned.</param>
    /// <param name="context">Told what does not fit the pattern.</param>
    public Dictionary<string, IZeroPattern> Of(IReadOnlyList<PrunableWeight> weights, PassContext context) =>
        recipe.Placement == ZeroPlacement.TwoOfFour ? TwoOfFourOf(weights, context) : SharesOf(weights);

    private bool IsMeasured => samples.AreTypical && recipe.Allocation == WeightAllocation.HeldOutSensitivity;

    private Dictionary<string, IZeroPattern> SharesOf(IReadOnlyList<PrunableWeight> weights)
    {
        var wanted = (long)Math.Round(recipe.Ratio * weights.Sum(weight => weight.Tensor.Count));
        var already = weights.Select(weight => weight.Read().Count(element => element == 0)).ToArray();
        if (wanted <= already.Sum(count => (long)count))
            return [];
        var counts = CountsOf(weights, wanted, already);
        return Enumerable.Range(0, weights.Count).ToDictionary(i => weights[i].Value.Name, i => (IZeroPattern)new ShareOfZeros(counts[i], already[i]), StringComparer.Ordinal);
    }

    private int[] CountsOf(IReadOnlyList<PrunableWeight> weights, long wanted, int[] already)
    {
        if (recipe.Allocation == WeightAllocation.Uniform)
            return ZeroAllocation.Evenly([.. weights.Select(weight => weight.Tensor.Count)], already, wanted);
        if (!samples.AreTypical)
            return LayerAdaptiveMagnitude.Allocate([.. weights.Select(weight => weight.Read())], wanted);
        var sensitivity = new WeightSensitivity(model, weights, selection, samples);
        return ZeroAllocation.Allocate([.. weights.Select((weight, i) => WeightCurve.Of(weight, zeros => sensitivity.Of(weight, new ShareOfZeros(zeros, already[i]))))], wanted);
    }

    private Dictionary<string, IZeroPattern> TwoOfFourOf(IReadOnlyList<PrunableWeight> weights, PassContext context)
    {
        foreach (var other in weights.Where(weight => !TwoOfFour.Fits(weight)))
            context.Decline(other.Layers[0].Node, $"its {other.InputsOfGroup} input channels do not divide into fours ('{other.Value.Name}')");
        var fitting = weights.Where(TwoOfFour.Fits).ToArray();
        if (recipe.Ratio < 0.5)
            fitting = Cheapest(fitting);
        return fitting.ToDictionary(weight => weight.Value.Name, IZeroPattern (_) => new TwoOfFour(), StringComparer.Ordinal);
    }

    /// <summary>As many as are needed for the ratio, those first that lose least for their size.</summary>
    private PrunableWeight[] Cheapest(PrunableWeight[] weights)
    {
        if (weights.Length == 0 || recipe.Ratio <= 0)
            return [];
        var sensitivity = IsMeasured ? new WeightSensitivity(model, weights, selection, samples) : null;
        var missing = 2 * recipe.Ratio * weights.Sum(weight => weight.Tensor.Count);
        var taken = new List<PrunableWeight>();
        foreach (var weight in weights.OrderBy(weight => (sensitivity?.Of(weight, new TwoOfFour()) ?? 1) / weight.Tensor.Count))
        {
            if (missing <= 0)
                break;
            taken.Add(weight);
            missing -= weight.Tensor.Count;
        }

        return [.. taken];
    }
}
