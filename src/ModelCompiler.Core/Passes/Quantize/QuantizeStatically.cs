using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Conv(x, w, b) → Relu  =>  Q/DQ(x) → Conv with DQ(int8 w), DQ(int32 b) → Q/DQ: the form from which ONNX Runtime makes integer kernels.</summary>
/// <remarks>
/// The ranges of activations are observed in calibration. Scales are one for a tensor of activations and one for each output channel of a weight;
/// biases are int32 with the scale s(x)·s(w). A model that is quantized already is left exactly as it is. Needs operator set 13 or later.
/// </remarks>
/// <param name="scheme">The number formats of the target.</param>
/// <param name="calibration">What runs typical samples through the model.</param>
public sealed class QuantizeStatically(QuantizationScheme scheme, ICalibration calibration) : IGraphPass
{
    /// <summary>What the last run made integer.</summary>
    public QuantizationSummary Summary { get; private set; } = new(0, 0, []);

    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null)
            return;
        if (graph.SelfAndNested.SelectMany(part => part.Nodes).Any(IntegerOperators.IsQuantized))
        {
            Summary = ExistingQuantization.Summarize(graph);
            return;
        }

        var candidates = QuantizationPlacement.Of(graph, scheme.Operators, _ => null);
        var ranges = CalibratedRanges.Observe(graph.Model, candidates, scheme, calibration);
        var placement = QuantizationPlacement.Of(graph, scheme.Operators, ranges.ReasonNotToQuantize);
        Summary = placement.Summarize();
        placement.DeclineKept(context);
        var parameters = SharedParameters.Of(placement, ranges, scheme.Activations);
        new QuantizerInsertion(graph, scheme, ranges, parameters, context).Insert(placement);
    }
}
