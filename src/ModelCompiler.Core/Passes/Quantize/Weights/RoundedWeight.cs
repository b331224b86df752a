using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>A weight, its integers, and what the rounding does to the worst of its layers (infinite where no layer was observed).</summary>
internal sealed record RoundedWeight(StoredWeight Weight, QuantizedWeight Quantized, float[] Error, double SqnrDb)
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
        return new(weight, quantized, error, WorstSqnrDb(weight, error, inputs));
    }

    private static double WorstSqnrDb(StoredWeight weight, float[] error, LayerInputs inputs)
    {
        var worst = double.PositiveInfinity;
        foreach (var layer in weight.Layers)
        {
            if (inputs.MomentsOf(layer) is { } input)
                worst = Math.Min(worst, LayerNoise.SqnrDb(layer, error, input));
        }

        return worst;
    }
}
