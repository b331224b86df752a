using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>One output channel of a weight; its elements lie in the order of the columns of the layer's <see cref="GramMatrix"/>.</summary>
internal sealed record WeightChannel(Tensor Weight, ChannelLayout Layout, int Index)
{
    public int Count => Layout.Outer * Layout.Inner;

    /// <summary>In steps of a scale.</summary>
    public double[] InSteps(float scale)
    {
        var floats = Weight.Span<float>();
        var weights = new double[Count];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = floats[Place(i)] / (double)scale;
        return weights;
    }

    public double[] Read(sbyte[] integers)
    {
        var values = new double[Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = integers[Place(i)];
        return values;
    }

    public void Write(ReadOnlySpan<double> values, sbyte[] integers)
    {
        for (var i = 0; i < values.Length; i++)
            integers[Place(i)] = (sbyte)values[i];
    }

    /// <summary>The element of the weight that belongs to a column.</summary>
    public int Place(int column) => Layout.Start(column / Layout.Inner, Index) + (column % Layout.Inner);
}
