using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>Channels whose scales are found together, because values hold them together, with all that makes and all that reads them.</summary>
/// <param name="Name">The name of the first value that holds them: the same in every copy of the model.</param>
/// <param name="Count">How many scales there are.</param>
/// <param name="Makers">What is divided by them: each constant with the place of the scale of each of its channels.</param>
/// <param name="Readers">The layers whose weights are multiplied by them, with the place of the scale of each input channel.</param>
/// <param name="Values">Every value that holds such channels.</param>
internal sealed record ScaleSite(
    string Name,
    int Count,
    IReadOnlyList<(ChannelParameter Parameter, int[] Places)> Makers,
    IReadOnlyList<(SummedWeight Layer, int[] Places)> Readers,
    IReadOnlyList<(Value Value, ScaledChannels Places)> Values)
{
    /// <summary>The place of a channel whose scale stays 1.</summary>
    public const int Fixed = -1;

    /// <summary>The step of the ladder that it belongs to: smoothing where only matrix products read it.</summary>
    public AccuracyStep Step => Readers.Any(reader => reader.Layer.Node.Is("Conv")) ? AccuracyStep.EqualizeChannels : AccuracyStep.SmoothActivations;

    /// <summary>The scale of each channel, given those of the site.</summary>
    public static double[] At(int[] places, double[] scales) => Array.ConvertAll(places, place => place == Fixed ? 1 : scales[place]);

    /// <summary>x → x / s in what makes the channels, W → W·s in what reads them: the outputs of the model stay what they are.</summary>
    public void Apply(Graph graph, double[] scales, PassContext context)
    {
        var divide = new GraphEdit(graph, $"divide the channels of '{Name}' by {Count} scales");
        foreach (var (parameter, places) in Makers)
            parameter.Scale(Array.ConvertAll(At(places, scales), scale => 1 / scale), divide);
        context.Apply(divide);
        var multiply = new GraphEdit(graph, $"multiply the readers of '{Name}' by {Count} scales"); // afterwards: one layer may do both
        foreach (var (layer, places) in Readers)
            Multiply(layer, At(places, scales), multiply);
        context.Apply(multiply);
    }

    private static void Multiply(SummedWeight layer, double[] scales, GraphEdit edit)
    {
        var weights = layer.Node.Inputs[1]!.Constant!.ToFloats();
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (float)(weights[i] * scales[layer.ChannelsOf(i).Input]);
        ChannelParameter.Replace(layer.Node, 1, weights, edit);
    }
}
