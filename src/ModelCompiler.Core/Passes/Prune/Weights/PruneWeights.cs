using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// Makes weights of layers zero, from the front of the network to its back, and gives the others the values with which the layer comes closest to what it
/// made in the original, from what the layers in front of it, which were pruned before, really make.
/// </summary>
/// <param name="original">The network before pruning, with the same names.</param>
/// <param name="patterns">What zeros are wanted, by the name of the weight; a weight that is not named is only fitted.</param>
/// <param name="selection">Chooses the zeros.</param>
/// <param name="samples">Typical inputs. Read anew in every round.</param>
/// <param name="count">How many they are.</param>
internal sealed class PruneWeights(
    Model original, IReadOnlyDictionary<string, IZeroPattern> patterns, IWeightSelection selection, IEnumerable<Sample> samples, int count) : IGraphPass
{
    private const int PositionsPerColumn = 500;

    /// <summary>How often a layer in front of a Relu is fitted again to what the Relu lets through: what it cuts off depends on the last fit.</summary>
    private const int RectifiedRounds = 2;

    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null || count == 0)
            return;
        foreach (var round in WeightPlan.Of(graph, PrunableWeight.In(graph, new PassContext())))
        {
            var fitted = round.Where(step => step.Weight.Columns <= RepairPlan.MostColumns).ToArray();
            foreach (var step in round.Except(fitted))
                PruneOnly(step, context);
            Fit(graph, fitted, new StepMoments(original, samples, count), context);
            for (var again = 0; again < RectifiedRounds; again++)
                Fit(graph, [.. fitted.Where(step => step.Readers.All(FeedsRelu))], new StepMoments(original, samples, count) { IsRectified = FeedsRelu }, context);
        }
    }

    private static bool FeedsRelu(RepairStep step)
    {
        var output = step.Layer.Node.Output;
        var target = output.Name == step.Target ? output : output.Uses[0].Node.Output;
        return !target.IsGraphOutput && target.Uses.Count > 0 && target.Uses.All(use => use.Node.Is("Relu"));
    }

    private void Fit(Graph graph, WeightStep[] steps, StepMoments observation, PassContext context)
    {
        if (steps.Length == 0)
            return;
        var seen = new Queue<RegressionMoments>(observation.Of(graph, [.. steps.SelectMany(step => step.Readers)], PositionsPerColumn));
        foreach (var step in steps)
            Fit(graph, step, [.. step.Readers.Select(reader => new LayerMoments(seen.Dequeue(), LayerBias.Of(reader.Layer) is not null))], context);
    }

    private void Fit(Graph graph, WeightStep step, LayerMoments[] readers, PassContext context)
    {
        var old = step.Weight.Read();
        if (step.Readers.Any(reader => !AddsConstants(reader.Layer)) || LeastSquares.Of(readers, old) is not { } objective)
        {
            PruneOnly(step, context);
            return;
        }

        var already = Array.ConvertAll(old, weight => weight == 0);
        var chosen = selection.Choose(objective, already, PatternOf(step.Weight, already), step.Weight.Kernel);
        var weights = BFloat16.Rounded(MaskedLeastSquares.Solve(objective, chosen.Zeros));
        var edit = new GraphEdit(graph, $"prune weights of {step.Weight.Layers[0].Node} and fit it to what the original makes");
        step.Weight.Write(weights, edit);
        for (var i = 0; i < readers.Length; i++)
            CorrectBias(step.Readers[i].Layer, readers[i].Biases(weights), edit);
        context.Apply(edit);
    }

    /// <summary>A layer of which too little is known, or that cannot be fitted.</summary>
    private void PruneOnly(WeightStep step, PassContext context)
    {
        if (!patterns.TryGetValue(step.Weight.Value.Name, out var pattern))
            return;
        context.Decline(step.Weight.Layers[0].Node, "its weights are not fitted: the smallest go, and the others stay what they are");
        PruneSmallestWeights.Prune(step.Weight, pattern, context);
    }

    private IZeroPattern PatternOf(PrunableWeight weight, bool[] already) => patterns.GetValueOrDefault(weight.Value.Name) ?? ShareOfZeros.Keeping(already);

    /// <summary>What a layer adds that is not one constant for each output cannot be told from what its weights make.</summary>
    private static bool AddsConstants(SummedWeight layer) => layer.Node.Is("MatMul") || layer.Node.Input(2) is null || LayerBias.Of(layer) is not null;

    private static void CorrectBias(SummedWeight layer, double[] biases, GraphEdit edit)
    {
        if (LayerBias.Of(layer) is not { } bias)
            return;

        // What is added behind a product is not part of what the product makes.
        var old = layer.Node.Is("MatMul") ? new float[biases.Length] : bias.Old.ToFloats();
        bias.Correct([.. biases.Zip(old, (value, before) => value - before)], edit);
    }
}
