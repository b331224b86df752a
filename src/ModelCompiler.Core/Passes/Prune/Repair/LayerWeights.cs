using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Reads and writes a layer's weight as a matrix: an output channel a row, its weights in the order of the columns of the layer's moments.</summary>
internal sealed class LayerWeights(SummedWeight layer)
{
    private readonly ChannelLayout _layout = ChannelLayout.Of(layer.Weight.Dims, ChannelAxis(layer));

    /// <summary>Outputs × columns.</summary>
    public double[] Read()
    {
        var columns = InputGram.ColumnsOf(layer);
        var matrix = new double[layer.Weight.Count];
        var floats = layer.Weight.Span<float>();
        for (var output = 0; output < layer.Outputs; output++)
        {
            var channel = new WeightChannel(layer.Weight, _layout, output);
            for (var column = 0; column < columns; column++)
                matrix[(output * columns) + column] = floats[channel.Place(column)];
        }

        return matrix;
    }

    /// <summary>A weight of the same form.</summary>
    public Tensor Write(ReadOnlySpan<double> matrix)
    {
        var columns = InputGram.ColumnsOf(layer);
        var floats = new float[layer.Weight.Count];
        for (var output = 0; output < layer.Outputs; output++)
        {
            var channel = new WeightChannel(layer.Weight, _layout, output);
            for (var column = 0; column < columns; column++)
                floats[channel.Place(column)] = (float)matrix[(output * columns) + column];
        }

        return Tensor.Of(floats, layer.Weight.Dims);
    }

    private static int ChannelAxis(SummedWeight layer) =>
        layer.Node.Is("Conv") || (layer.Node.Is("Gemm") && layer.Node.GetInt("transB", 0) != 0) ? 0 : 1;
}
