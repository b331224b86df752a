using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The matrix of a product with activations that may be anything.</summary>
/// <remarks>
/// Where sums of two products saturate, every weight takes the narrow format: no activations are known that would leave room for more, and a rounding that
/// hands errors on may move any weight of a channel.
/// </remarks>
internal static class DynamicWeight
{
    /// <returns>In the order of the stored weight, with a scale for each output channel.</returns>
    public static QuantizedWeight Quantize(ProductWeight weight, LayerInputs inputs, QuantizationScheme scheme)
    {
        var stored = weight.Stored;
        var layout = ChannelLayout.Of(stored.Tensor.Dims, stored.ChannelAxis);
        var format = scheme.WeightsWhereSumsSaturate ?? scheme.Weights;
        var scales = WeightScales.Covering(stored.Tensor, layout, format);
        var integers = inputs.RoundingOf(stored).Round(stored.Tensor, layout, scales, format);
        return new(stored.Tensor, layout, integers, scales);
    }

    /// <summary>[K, N] int8, in the external file of the weight where that had one.</summary>
    public static Tensor Columns(ProductWeight weight, QuantizedWeight quantized)
    {
        if (!weight.IsTransposed)
            return quantized.IntegerTensor;
        var columns = Tensor.Of(ProductWeight.Transposed<sbyte>(quantized.Integers, weight.Outputs, weight.Inputs), weight.Inputs, weight.Outputs);
        return new(columns.Type, columns.Dims, columns.Data) { ExternalFile = weight.Stored.Tensor.ExternalFile };
    }
}
