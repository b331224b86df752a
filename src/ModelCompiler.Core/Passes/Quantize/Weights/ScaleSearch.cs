using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>Tries narrower and narrower scales for each output channel, and takes the one of least error of the layer's output.</summary>
/// <remarks>
/// Scales of s·i/20, i = 20 … 1, as in SeqMSE of Qualcomm's AIMET; the error is Δᵀ·E[x·xᵀ]·Δ of the weights rounded to nearest, so that no sample has to run again.
/// The search ends where it is clear that it only gets worse.
/// </remarks>
/// <param name="gram">Of the layer that the weight belongs to.</param>
internal sealed class ScaleSearch(GramMatrix gram)
{
    private const int Candidates = 20;

    /// <summary>A scale with an error of this many times the least ends the search.</summary>
    private const double TooMuch = 2;

    /// <summary>Limits the integers where two products must fit into 16 bits.</summary>
    public PairSums? Pairs { get; init; }

    /// <param name="weight">The float32 weight.</param>
    /// <param name="layout">Its channels.</param>
    /// <param name="scales">One scale for each channel, which get smaller.</param>
    /// <param name="format">The integers to use.</param>
    public void Narrow(Tensor weight, ChannelLayout layout, float[] scales, IntegerFormat format)
    {
        var outputsOfGroup = layout.Channels / gram.Products.Length;
        for (var i = 0; i < layout.Channels; i++)
            scales[i] = Best(new WeightChannel(weight, layout, i), scales[i], i / outputsOfGroup, format);
    }

    private float Best(WeightChannel channel, float widest, int group, IntegerFormat format)
    {
        var (best, least) = (widest, SquareError(channel, widest, group, format));
        for (var i = Candidates - 1; i > 0; i--)
        {
            var scale = widest * i / Candidates;
            var error = SquareError(channel, scale, group, format);
            if (error < least)
                (best, least) = (scale, error);
            else if (!(error <= least * TooMuch))
                break;
        }

        return best;
    }

    /// <summary>In the weights' own unit.</summary>
    private double SquareError(WeightChannel channel, float scale, int group, IntegerFormat format)
    {
        var weights = channel.InSteps(scale);
        var limits = Pairs?.LimitsOf(channel, weights, format) ?? IntegerLimits.Of(weights.Length, format);
        for (var i = 0; i < weights.Length; i++)
            weights[i] = limits.Nearest(i, weights[i]) - weights[i];
        return gram.SquareOf(weights, group) * scale * scale;
    }
}
