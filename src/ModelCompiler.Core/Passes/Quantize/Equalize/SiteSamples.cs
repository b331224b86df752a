using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>What a few samples show of the channels that sites hold: the range and the moments of what their readers read, and how large the readers' outputs are.</summary>
internal sealed class SiteSamples
{
    private readonly Dictionary<Value, ChannelRanges> _ranges = [];
    private readonly Dictionary<Value, ChannelMoments> _moments = [];

    private SiteSamples()
    {
    }

    public static SiteSamples Observe(Graph graph, IEnumerable<ScaleSite> sites, ICalibration calibration)
    {
        var samples = new SiteSamples();
        foreach (var (layer, _) in sites.SelectMany(site => site.Readers))
        {
            samples._ranges.TryAdd(layer.Node.Inputs[0]!, new ChannelRanges(layer.InputAxis));
            samples._moments.TryAdd(layer.Node.Inputs[0]!, new ChannelMoments(layer.InputAxis));
            samples._moments.TryAdd(layer.Node.Output, new ChannelMoments(layer.InputAxis));
        }

        calibration.Observe(graph.Model, samples._moments.Keys.ToDictionary(value => value, samples.ObserversOf));
        return samples;
    }

    /// <summary>Null where a reader was not reached, or saw numbers that are not finite.</summary>
    public ReaderNoise? NoiseOf(SummedWeight layer, int[] places, IntegerSteps steps)
    {
        var (input, output) = (layer.Node.Inputs[0]!, layer.Node.Output);
        if (_ranges[input].Result is not { } ranges || _moments[input].Result is not { } moments || _moments[output].Result is not { } made)
            return null;
        var fits = ranges.Length == layer.Inputs && moments.Means.Length == layer.Inputs && Array.TrueForAll(ranges, range => range.IsFinite);
        return fits ? new ReaderNoise(layer, places, ranges, moments, made.MeanSquares.Sum(), steps) : null;
    }

    private IReadOnlyList<IActivationObserver> ObserversOf(Value value) =>
        _ranges.TryGetValue(value, out var ranges) ? [ranges, _moments[value]] : [_moments[value]];
}
