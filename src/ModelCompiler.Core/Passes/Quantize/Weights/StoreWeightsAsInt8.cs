using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>weight(float32)  =>  weight(int8) → Cast(float32) → Mul(scale of each output channel): about 0.28 of the file, computed in float32 as before.</summary>
/// <remarks>
/// ONNX Runtime folds the two operators when it loads the model, so that nothing gets slower; a DequantizeLinear it would carry out at every run.
/// With typical samples, each weight makes up for the rounding of those before it (<see cref="ErrorFeedbackRounding"/>).
/// With any samples, the bias of each layer takes back the mean error: b' = b − E[ΔW·x] (bias correction; Nagel et al., 2019, arXiv:1906.04721).
/// Small layers that the rounding hurts are stored as float16 instead.
/// </remarks>
/// <param name="calibration">What runs samples through the model; null rounds without looking at data.</param>
public sealed class StoreWeightsAsInt8(ICalibration? calibration) : IGraphPass
{
    /// <summary>A weight is worth two more operators in the file when it saves more bytes than they take.</summary>
    private const int BytesOfOperators = 256;

    public void Run(Graph graph, PassContext context)
    {
        var weights = StoredWeight.In(graph, context);
        var inputs = LayerInputs.Observe(calibration, graph, weights);
        var candidates = weights.Where(SavesBytes).Select(weight => RoundedWeight.Of(weight, inputs)).ToArray();
        var asFloat16 = SensitiveLayers.Of(candidates);
        foreach (var candidate in candidates)
        {
            if (asFloat16.Contains(candidate))
                StoreWeightsAsFloat16.Store(candidate.Weight, context);
            else
                Store(candidate, inputs, context);
        }
    }

    private static bool SavesBytes(StoredWeight weight) =>
        weight.Tensor.Count * 3 > (weight.Tensor.Dims[weight.ChannelAxis] * sizeof(float)) + BytesOfOperators;

    private static void Store(RoundedWeight candidate, LayerInputs inputs, PassContext context)
    {
        var (weight, quantized) = (candidate.Weight, candidate.Quantized);
        var sqnr = double.IsFinite(candidate.SqnrDb) ? string.Create(CultureInfo.InvariantCulture, $", {candidate.SqnrDb:F1} dB") : "";
        var edit = new GraphEdit(weight.Value.Graph, $"store '{weight.Value.Name}' as int8{sqnr}");
        foreach (var layer in weight.Layers)
        {
            if (inputs.MomentsOf(layer) is { } input && LayerBias.Of(layer) is { } bias)
                bias.Correct(Array.ConvertAll(LayerNoise.Shift(layer, candidate.Error, input), shift => -shift), edit);
        }

        var integers = edit.AddInitializer($"{weight.Value.Name}_int8", quantized.IntegerTensor);
        var scale = edit.AddInitializer($"{weight.Value.Name}_scale", Tensor.Of(quantized.Scales, ScaleDims(weight)));
        var to = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["to"] = (long)ElementType.Float32 };
        var floats = edit.AddNode("Cast", [integers], to);
        weight.ReplaceBy(edit.AddNode("Mul", [floats.Output, scale]).Output, edit);
        context.Apply(edit);
    }

    /// <summary>The weight's rank, with 1 in every axis but that of the channels.</summary>
    private static long[] ScaleDims(StoredWeight weight)
    {
        var dims = new long[weight.Tensor.Rank];
        Array.Fill(dims, 1);
        dims[weight.ChannelAxis] = weight.Tensor.Dims[weight.ChannelAxis];
        return dims;
    }
}
