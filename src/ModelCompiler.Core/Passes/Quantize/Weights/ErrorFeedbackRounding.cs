using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>
/// Rounds the weights of an output channel one after the other, and lets those still to come make up for the error of each, as far as their
/// factors go together (GPTQ; Frantar et al., 2022, arXiv:2210.17323).
/// </summary>
/// <remarks>
/// With H = E[x·xᵀ] + λ·mean(diag)·I and H⁻¹ = Uᵀ·U: e = (w_i − q_i) / U_ii, then w_j −= e·U_ij for j &gt; i. A factor of 2 in H cancels out. A channel whose
/// error on the samples does not get smaller by it is rounded to nearest.
/// </remarks>
/// <param name="gram">Of the layer that the weight belongs to; [O, I/group, k…] of a Conv, else a matrix.</param>
internal sealed class ErrorFeedbackRounding(GramMatrix gram) : IWeightRounding
{
    public sbyte[] Round(Tensor weight, ChannelLayout layout, ReadOnlySpan<float> scales, IntegerFormat format)
    {
        var integers = new RoundToNearest().Round(weight, layout, scales, format);
        var outputsOfGroup = layout.Channels / gram.Products.Length;
        for (var group = 0; group < gram.Products.Length; group++)
        {
            if (InverseFactor.Of(gram.Damped(group), gram.Columns) is not { } factor)
                continue;
            for (var channel = group * outputsOfGroup; channel < (group + 1) * outputsOfGroup; channel++)
                RoundChannel(new Channel(weight, layout, channel, scales[channel]), group, factor, integers, format);
        }

        return integers;
    }

    private void RoundChannel(Channel channel, int group, double[] factor, sbyte[] integers, IntegerFormat format)
    {
        var weights = channel.Weights();
        var rounded = Feed(weights, factor, format);
        if (SquareError(weights, rounded, group) >= SquareError(weights, channel.Read(integers), group))
            return;
        channel.Write(rounded, integers);
    }

    /// <param name="weights">In steps of the channel's scale.</param>
    /// <param name="factor">U</param>
    /// <param name="format">The integers to use.</param>
    private static double[] Feed(double[] weights, double[] factor, IntegerFormat format)
    {
        var size = weights.Length;
        var (left, rounded) = (weights.ToArray(), new double[size]);
        for (var i = 0; i < size; i++)
        {
            rounded[i] = Math.Clamp(Math.Round(left[i], MidpointRounding.ToEven), format.Min, format.Max);
            var error = (left[i] - rounded[i]) / factor[(i * size) + i];
            var rest = left.AsSpan(i + 1);
            TensorPrimitives.MultiplyAdd(factor.AsSpan((i * size) + i + 1, rest.Length), -error, rest, rest);
        }

        return rounded;
    }

    private double SquareError(double[] weights, double[] rounded, int group)
    {
        var error = new double[weights.Length];
        TensorPrimitives.Subtract<double>(rounded, weights, error);
        return gram.SquareOf(error, group);
    }

    /// <summary>One output channel of a weight; its elements lie in the order of the columns of H.</summary>
    private sealed record Channel(Tensor Weight, ChannelLayout Layout, int Index, float Scale)
    {
        /// <summary>In steps of the scale.</summary>
        public double[] Weights()
        {
            var floats = Weight.Span<float>();
            var weights = new double[Layout.Outer * Layout.Inner];
            for (var i = 0; i < weights.Length; i++)
                weights[i] = floats[Place(i)] / (double)Scale;
            return weights;
        }

        public double[] Read(sbyte[] integers)
        {
            var values = new double[Layout.Outer * Layout.Inner];
            for (var i = 0; i < values.Length; i++)
                values[i] = integers[Place(i)];
            return values;
        }

        public void Write(double[] values, sbyte[] integers)
        {
            for (var i = 0; i < values.Length; i++)
                integers[Place(i)] = (sbyte)values[i];
        }

        private int Place(int column) => Layout.Start(column / Layout.Inner, Index) + (column % Layout.Inner);
    }
}
