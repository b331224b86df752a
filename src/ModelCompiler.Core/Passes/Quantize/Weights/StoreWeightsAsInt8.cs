using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>weight(float32)  =>  weight(int8) → Cast(float32) → Mul(scale of each output channel): about 0.28 of the file, computed in float32 as before.</summary>
/// <remarks>
/// ONNX Runtime folds the two operators when it loads the model, so that nothing gets slower; a DequantizeLinear it would carry out at every run.
/// With typical samples, each weight makes up for the rounding of those before it (<see cref="ErrorFeedbackRounding"/>).
/// With any samples, the bias of each layer takes back the mean error: b' = b − E[ΔW·x] (bias correction; Nagel et al., 2019, arXiv:1906.04721), and the
/// weights that hurt the outputs most are stored as float16 until these are good (<see cref="SensitiveLayers"/>).
/// </remarks>
/// <param name="calibration">What runs samples through the model; null rounds without looking at data.</param>
public sealed class StoreWeightsAsInt8(ICalibration? calibration) : IGraphPass
{
    /// <summary>A weight is worth two more operators in the file when it saves more bytes than they take.</summary>
    private const int BytesOfOperators = 256;

    /// <summary>Takes the weights of all graphs at once, since they make the outputs together.</summary>
    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null)
            return;
        var weights = graph.SelfAndNested.SelectMany(part => StoredWeight.In(part, context)).ToArray();
        var inputs = LayerInputs.Observe(calibration, graph, weights);
        var candidates = weights.Where(SavesBytes).Select(weight => RoundedWeight.Of(weight, inputs)).ToArray();
        var asFloat16 = SensitiveLayers.Of(graph.Model, candidates, calibration);
        foreach (var candidate in candidates)
        {
            if (asFloat16.TryGetValue(candidate, out var reason))
                StoreAsFloat16(candidate.Weight, reason, context);
            else
                candidate.Store(candidate.Weight, context);
        }
    }

    private static bool SavesBytes(StoredWeight weight) =>
        weight.Tensor.Count * 3 > (weight.Tensor.Dims[weight.ChannelAxis] * sizeof(float)) + BytesOfOperators;

    private static void StoreAsFloat16(StoredWeight weight, string reason, PassContext context)
    {
        context.Decline(weight.Value.Uses[0].Node, reason);
        StoreWeightsAsFloat16.Store(weight, context);
    }
}
