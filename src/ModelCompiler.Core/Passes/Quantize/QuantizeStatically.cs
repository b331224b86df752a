using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Conv(x, w, b) → Relu  =>  Q/DQ(x) → Conv with DQ(int8 w), DQ(int32 b) → Q/DQ: the form from which ONNX Runtime makes integer kernels.</summary>
/// <remarks>
/// The ranges of activations are observed in calibration. Scales are one for a tensor of activations and one for each output channel of a weight;
/// biases are int32 with the scale s(x)·s(w). A model that is quantized already is left exactly as it is. Needs operator set 13 or later.
/// </remarks>
/// <param name="inputs">The number formats of the target, what runs typical samples, and what is to stay in float.</param>
public sealed class QuantizeStatically(PrecisionInputs inputs) : IGraphPass
{
    /// <summary>What the last run made integer.</summary>
    public QuantizationSummary Summary { get; private set; } = new(0, 0, []);

    /// <summary>The nodes that the last run put between Q and DQ; none in a model that came quantized.</summary>
    internal IReadOnlySet<Node> Integer { get; private set; } = new HashSet<Node>();

    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null)
            return;
        if (graph.SelfAndNested.SelectMany(part => part.Nodes).Any(IntegerOperators.IsQuantized))
        {
            Summary = ExistingQuantization.Summarize(graph);
            return;
        }

        var scheme = inputs.Scheme;
        var activations = inputs.Activations ?? ActivationStatistics.Observe(graph, scheme, inputs.Calibration!);
        var placement = QuantizationPlacement.Of(graph, scheme.Operators, node => ReasonToKeep(node, activations));
        Summary = placement.Summarize() with { Activations = activations };
        placement.DeclineKept(context);
        var parameters = SharedParameters.Of(placement, activations, scheme.Activations);
        new QuantizerInsertion(graph, scheme, activations, parameters, context).Insert(placement);
        Integer = placement.Integer;
    }

    private string? ReasonToKeep(Node node, ActivationStatistics activations) =>
        inputs.KeptInFloat.GetValueOrDefault(node.Outputs[0]?.Name ?? "") ??
        QuantizationPlacement.Activations(node).Select(activations.ReasonNotToQuantize).FirstOrDefault(reason => reason is not null);
}
