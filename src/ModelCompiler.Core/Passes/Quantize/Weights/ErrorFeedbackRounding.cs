using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>Rounds each output channel with <see cref="ErrorFeedback"/>; one whose error on the samples does not get smaller by it, to nearest.</summary>
/// <param name="gram">Of the layer that the weight belongs to; [O, I/group, k…] of a Conv, else a matrix.</param>
internal sealed class ErrorFeedbackRounding(GramMatrix gram) : IWeightRounding
{
    private readonly ErrorFeedback _feedback = new(gram);

    /// <summary>Limits the integers where two products must fit into 16 bits.</summary>
    public PairSums? Pairs { get; init; }

    public sbyte[] Round(Tensor weight, ChannelLayout layout, ReadOnlySpan<float> scales, IntegerFormat format)
    {
        var integers = new sbyte[weight.Count];
        var outputsOfGroup = layout.Channels / gram.Products.Length;
        var steps = scales.ToArray();
        Parallel.For(0, layout.Channels, i => // none depends on another
        {
            var channel = new WeightChannel(weight, layout, i);
            channel.Write(Round(channel, steps[i], i / outputsOfGroup, format), integers);
        });
        return integers;
    }

    private double[] Round(WeightChannel channel, float scale, int group, IntegerFormat format)
    {
        var weights = channel.InSteps(scale);
        var limits = Pairs?.LimitsOf(channel, weights, format) ?? IntegerLimits.Of(weights.Length, format);
        var nearest = new double[weights.Length];
        for (var i = 0; i < nearest.Length; i++)
            nearest[i] = limits.Nearest(i, weights[i]);
        if (!_feedback.Knows(group))
            return nearest;
        var rounded = _feedback.Round(weights, limits, group);
        return SquareError(weights, rounded, group) < SquareError(weights, nearest, group) ? rounded : nearest;
    }

    private double SquareError(double[] weights, double[] rounded, int group)
    {
        var error = new double[weights.Length];
        TensorPrimitives.Subtract<double>(rounded, weights, error);
        return gram.SquareOf(error, group);
    }
}
