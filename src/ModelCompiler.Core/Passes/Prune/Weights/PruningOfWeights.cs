using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A model whose single weights can become zero.</summary>
/// <param name="model">Simplified; left as it is.</param>
/// <param name="placement">Which of them together.</param>
/// <param name="samples">Typical inputs.</param>
internal sealed class PruningOfWeights(Model model, ZeroPlacement placement, PruningSamples samples) : IPruning
{
    public string Unit => "weights";

    public bool LeavesZeros => true;

    public string? NothingToPrune
    {
        get
        {
            var weights = PrunableWeight.In(model.Graph, new PassContext());
            return weights.Count == 0 ? "it has no Conv, Gemm or MatMul with constant float32 weights" :
                placement == ZeroPlacement.TwoOfFour && !weights.Any(TwoOfFour.Fits) ? "no layer's input channels divide into fours" :
                null;
        }
    }

    public SmallerModel? Without(double share, PassContext context)
    {
        var sparse = WeightPruning.Prune(model, new WeightRecipe { Placement = placement, Ratio = share }, samples, context);
        return new(sparse.Model, sparse.ShareOfZeros);
    }
}
