using System.Numerics.Tensors;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A weight, its integers, and what the rounding does to the worst of its layers (infinite where no layer was observed).</summary>
internal sealed record RoundedWeight(StoredWeight Weight, QuantizedWeight Quantized, float[] Error, double SqnrDb)
{
    public static RoundedWeight Of(StoredWeight weight, Dictionary<Value, Moments> moments)
    {
        var layout = ChannelLayout.Of(weight.Tensor.Dims, weight.ChannelAxis);
        var format = IntegerFormat.Symmetric(8);
        var scales = WeightScales.Covering(weight.Tensor, layout, format);
        var integers = new RoundToNearest().Round(weight.Tensor, layout, scales, format);
        var quantized = new QuantizedWeight(weight.Tensor, layout, integers, scales);
        var error = quantized.ToFloats();
        TensorPrimitives.Subtract<float>(error, weight.Tensor.Span<float>(), error);
        return new(weight, quantized, error, WorstSqnrDb(weight, error, moments));
    }

    private static double WorstSqnrDb(StoredWeight weight, float[] error, Dictionary<Value, Moments> moments)
    {
        var worst = double.PositiveInfinity;
        foreach (var layer in weight.Layers)
        {
            if (moments.TryGetValue(layer.Node.Inputs[0]!, out var input) && input.Means.Length == layer.Inputs)
                worst = Math.Min(worst, LayerNoise.SqnrDb(layer, error, input));
        }

        return worst;
    }
}
