using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Conv(x, w, b) → Relu  =>  Q/DQ(x) → Conv with DQ(int8 w), DQ(int32 b) → Q/DQ: the form from which ONNX Runtime makes integer kernels.</summary>
/// <remarks>
/// The ranges of activations are observed in calibration. Scales are one for a tensor of activations and one for each output channel of a weight;
/// biases are int32 with the scale s(x)·s(w). What came quantized is kept: its layers, scales and integer weights stay, and the layers beside it take over
/// the scales of the values that they read and make. Needs operator set 13 or later.
/// </remarks>
/// <param name="inputs">The number formats of the target, what runs typical samples, and what is to stay in float.</param>
/// <param name="scales">By which channels were scaled before.</param>
public sealed class QuantizeStatically(PrecisionInputs inputs, ChannelScales scales) : IGraphPass
{
    /// <summary>For a graph whose channels are as they came.</summary>
    public QuantizeStatically(PrecisionInputs inputs)
        : this(inputs, new ChannelScales())
    {
    }

    /// <summary>What the last run made integer.</summary>
    public QuantizationSummary Summary { get; private set; } = new(0, 0, []);

    /// <summary>
    /// The nodes that stand between Q and DQ of the target's formats since the last run, those that came so included; none in a model in which
    /// there was nothing to do.
    /// </summary>
    internal IReadOnlySet<Node> Integer { get; private set; } = new HashSet<Node>();

    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null)
            return;
        var scheme = inputs.Scheme;
        var activations = inputs.Activations ?? ActivationStatistics.Observe(graph, scheme, inputs.Calibration!, scales);
        var (placement, parameters) = Place(graph, activations);
        Summary = placement.Summarize() with { Activations = placement.Integer.Count > 0 ? activations : null };
        placement.DeclineKept(context);
        if (placement.Integer.Count == 0)
            return;
        var came = graph.Nodes.Where(node => placement.Existing.IsOfTarget(node, scheme)).ToArray();
        new QuantizerInsertion(graph, scheme, activations, parameters, context).Insert(placement);
        Integer = placement.Integer.Concat(came).ToHashSet();
    }

    /// <summary>Integer weights that came with the model may be too large for the scale of a layer's input, which is known once the layers are placed: those layers are left out.</summary>
    private (QuantizationPlacement Placement, Dictionary<Value, QuantizationParameters> Parameters) Place(Graph graph, ActivationStatistics activations)
    {
        var unfit = new Dictionary<Node, string>();
        while (true)
        {
            var placement = QuantizationPlacement.Of(graph, inputs.Scheme, node => unfit.GetValueOrDefault(node) ?? ReasonToKeep(node, activations));
            var parameters = SharedParameters.Of(placement, activations, inputs.Scheme);
            var found = placement.Integer
                .Where(node => IntegerOperators.RoleOf(node) == IntegerRole.Weighted && ExistingWeight.IsOf(node))
                .Select(node => (Node: node, Reason: ExistingWeight.Of(node).ReasonNotToFit(parameters[node.Inputs[0]!], activations, inputs.Scheme)))
                .Where(layer => layer.Reason is not null)
                .ToArray();
            if (found.Length == 0)
                return (placement, parameters);
            foreach (var (node, reason) in found)
                unfit.Add(node, reason!);
        }
    }

    private string? ReasonToKeep(Node node, ActivationStatistics activations) =>
        inputs.KeptInFloat.GetValueOrDefault(node.Outputs[0]?.Name ?? "") ??
        QuantizationPlacement.Activations(node).Select(activations.ReasonNotToQuantize).FirstOrDefault(reason => reason is not null);
}
