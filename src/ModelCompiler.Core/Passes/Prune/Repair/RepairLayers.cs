using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The weights that a layer gets for what was seen of it; null where too little was seen.</summary>
/// <param name="seen">What the layer reads now, and what it is to make.</param>
/// <param name="weights">Those that it has, outputs × columns.</param>
internal delegate double[]? LayerFit(LayerMoments seen, double[] weights);

/// <summary>
/// Gives every layer behind what was pruned the weights and biases with which it comes closest to what it made in the original, from what the layers
/// in front of it, which were repaired before, really make: errors do not pile up, and no labels are needed.
/// </summary>
/// <param name="fit">Finds the weights. The biases follow from them.</param>
/// <param name="original">The network before pruning, with the same names.</param>
/// <param name="keptOutputs">Which output channels of a layer are left, by the name of its output.</param>
/// <param name="samples">Typical inputs. Read anew in every round.</param>
/// <param name="count">How many they are.</param>
internal sealed class RepairLayers(LayerFit fit, Model original, IReadOnlyDictionary<string, IReadOnlyList<int>> keptOutputs, IEnumerable<Sample> samples, int count) : IGraphPass
{
    /// <summary>Positions for each weight of an output. Those of one sample are alike, so that it takes many for the weights to hold on other samples.</summary>
    private const int PositionsPerColumn = 300;

    /// <summary>The least squares of the difference.</summary>
    public static double[]? LeastSquares(LayerMoments seen, double[] weights) => Passes.LeastSquares.Of([seen], weights)?.Best;

    /// <summary>The weights stay: only what the layer adds makes up for what is missing on average.</summary>
    public static double[]? KeepWeights(LayerMoments seen, double[] weights) => Passes.LeastSquares.AreEnough([seen]) ? weights : null;

    private readonly HashSet<string> _originals = [.. original.Graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>().Select(value => value.Name)];

    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null || count == 0)
            return;
        var before = original.Graph.Nodes.Where(node => node.Inputs.Count > 1 && node.Inputs[1]?.Constant is not null).ToDictionary(node => node.Output.Name, StringComparer.Ordinal);
        foreach (var round in RepairPlan.Of(graph, IsPruned))
            Repair(graph, [.. round.Where(step => _originals.Contains(step.Target))], context);

        bool IsPruned(Node node) =>
            before.TryGetValue(node.Output.Name, out var old) && node.Input(1)?.Constant is { } now && !now.Dims.SequenceEqual(old.Inputs[1]!.Constant!.Dims);
    }

    private void Repair(Graph graph, RepairStep[] steps, PassContext context)
    {
        var seen = new StepMoments(original, samples, count) { KeptOutputs = keptOutputs }.Of(graph, steps, PositionsPerColumn);
        for (var i = 0; i < steps.Length; i++)
            Write(graph, steps[i].Layer, seen[i], context);
    }

    private void Write(Graph graph, SummedWeight layer, RegressionMoments moments, PassContext context)
    {
        var node = layer.Node;
        var added = node.Is("MatMul") ? LayerBias.Of(layer) : null;
        var form = new LayerWeights(layer);
        var seen = new LayerMoments(moments, HasBias: !node.Is("MatMul") || added is not null);
        if (fit(seen, form.Read()) is not { } weights)
        {
            context.Decline(node, "the samples do not determine its weights");
            return;
        }

        var biases = seen.Biases(weights);
        var edit = new GraphEdit(graph, $"fit {node} to what the original makes");
        edit.SetInput(node, 1, edit.AddInitializer(node.Inputs[1]!.Name, form.Write(weights)));
        if (!node.Is("MatMul"))
            edit.SetInput(node, 2, edit.AddInitializer(node.Input(2)?.Name ?? $"{node.Output.Name}_bias", Tensor.Vector<float>(Array.ConvertAll(biases, bias => (float)bias))));
        else
            added?.Correct(biases, edit);
        context.Apply(edit);
    }
}
