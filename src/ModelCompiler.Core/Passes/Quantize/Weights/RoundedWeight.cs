using System.Globalization;
using System.Numerics.Tensors;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>A weight, its integers, and what the rounding does to its layers.</summary>
/// <param name="Shifts">For each layer: how far the rounding shifts the mean of each output channel; null where that is not known.</param>
/// <param name="SqnrDb">Signal to noise of the worst layer's output, mean shift aside; infinite where no layer was observed.</param>
internal sealed record RoundedWeight(StoredWeight Weight, QuantizedWeight Quantized, IReadOnlyList<double[]?> Shifts, double SqnrDb)
{
    public static RoundedWeight Of(StoredWeight weight, LayerInputs inputs)
    {
        var layout = ChannelLayout.Of(weight.Tensor.Dims, weight.ChannelAxis);
        var format = IntegerFormat.Symmetric(8);
        var scales = WeightScales.Covering(weight.Tensor, layout, format);
        var integers = inputs.RoundingOf(weight).Round(weight.Tensor, layout, scales, format);
        var quantized = new QuantizedWeight(weight.Tensor, layout, integers, scales);
        var error = quantized.ToFloats();
        TensorPrimitives.Subtract<float>(error, weight.Tensor.Span<float>(), error);
        var shifts = weight.Layers.Select(layer => inputs.MomentsOf(layer) is { } input ? LayerNoise.Shift(layer, error, input) : null);
        return new(weight, quantized, [.. shifts], WorstSqnrDb(weight, error, inputs));
    }

    /// <summary>Stores the integers in place of a weight, and lets the biases of its layers take back the mean error.</summary>
    /// <param name="place">The weight, in the graph that it was read from or in a copy of it.</param>
    /// <param name="context">Carries out the edit.</param>
    public void Store(StoredWeight place, PassContext context)
    {
        var sqnr = double.IsFinite(SqnrDb) ? string.Create(CultureInfo.InvariantCulture, $", {SqnrDb:F1} dB") : "";
        var edit = new GraphEdit(place.Value.Graph, $"store '{place.Value.Name}' as int8{sqnr}");
        foreach (var (layer, shift) in place.Layers.Zip(Shifts))
        {
            if (shift is not null && LayerBias.Of(layer) is { } bias)
                bias.Correct(Array.ConvertAll(shift, mean => -mean), edit);
        }

        var integers = edit.AddInitializer($"{place.Value.Name}_int8", Quantized.IntegerTensor);
        var scale = edit.AddInitializer($"{place.Value.Name}_scale", Tensor.Of(Quantized.Scales, ScaleDims(place)));
        var to = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["to"] = (long)ElementType.Float32 };
        var floats = edit.AddNode("Cast", [integers], to);
        place.ReplaceBy(edit.AddNode("Mul", [floats.Output, scale]).Output, edit);
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

    private static double WorstSqnrDb(StoredWeight weight, float[] error, LayerInputs inputs)
    {
        var worst = double.PositiveInfinity;
        foreach (var layer in weight.Layers)
        {
            if (inputs.MomentsOf(layer) is { } input)
                worst = Math.Min(worst, inputs.GramOf(weight) is { } gram ? LayerNoise.SqnrDb(weight, error, gram) : LayerNoise.SqnrDb(layer, error, input));
        }

        return worst;
    }
}
