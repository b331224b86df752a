using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>What calibration saw of the inputs of the layers whose weights are to be rounded.</summary>
internal sealed class LayerInputs
{
    /// <summary>Weights of an output channel; beyond, the time for factors grows with the third power.</summary>
    private const int MostColumns = 1152;

    /// <summary>For all Gram matrices together.</summary>
    private const long MostBytes = 128L << 20;

    private readonly Dictionary<Value, ChannelMoments> _moments = [];
    private readonly Dictionary<Node, InputGram> _grams = [];

    private LayerInputs()
    {
    }

    /// <summary>Runs the samples once; nothing is seen without them, or in a nested graph.</summary>
    public static LayerInputs Observe(ICalibration? calibration, Graph graph, IReadOnlyList<StoredWeight> weights)
    {
        var inputs = new LayerInputs();
        if (calibration is null || graph.Parent is not null)
            return inputs;
        var layers = weights.SelectMany(weight => weight.Layers).Where(layer => layer.Node.Graph == graph).ToArray();
        foreach (var layer in layers)
            inputs._moments.TryAdd(layer.Node.Inputs[0]!, new ChannelMoments(layer.InputAxis));
        if (calibration.IsTypical)
            inputs.AddGrams(weights);
        calibration.Observe(graph.Model, layers.Select(layer => layer.Node.Inputs[0]!).Distinct().ToDictionary(value => value, inputs.ObserversOf));
        return inputs;
    }

    /// <summary>Of each input channel; null where none were observed or their number is not that of the layer.</summary>
    public Moments? MomentsOf(SummedWeight layer) =>
        _moments.TryGetValue(layer.Node.Inputs[0]!, out var moments) && moments.Result is { } result && result.Means.Length == layer.Inputs ? result : null;

    /// <summary>With error feedback where it is known how the inputs of the layer go together, else to nearest.</summary>
    public IWeightRounding RoundingOf(StoredWeight weight) => GramOf(weight) is { } gram ? new ErrorFeedbackRounding(gram) : new RoundToNearest();

    /// <summary>How the inputs of a weight's only layer go together, without their mean where a bias takes back the mean error; null where that is not known.</summary>
    public GramMatrix? GramOf(StoredWeight weight)
    {
        if (weight.Value.Uses is not [{ Node: var node }] || !_grams.TryGetValue(node, out var observed) || observed.Result is not { } gram)
            return null;
        return LayerBias.Of(weight.Layers.Single()) is null ? gram : gram.Centred();
    }

    /// <summary>For weights of one layer, the smallest first until the memory is spent.</summary>
    private void AddGrams(IReadOnlyList<StoredWeight> weights)
    {
        var room = MostBytes;
        var layers = weights.Where(weight => weight.Value.Uses.Count == 1).SelectMany(weight => weight.Layers);
        foreach (var layer in layers.Where(layer => InputGram.ColumnsOf(layer) <= MostColumns).OrderBy(InputGram.BytesFor))
        {
            room -= InputGram.BytesFor(layer);
            if (room < 0)
                return;
            _grams.Add(layer.Node, new InputGram(layer));
        }
    }

    private IReadOnlyList<IActivationObserver> ObserversOf(Value value) =>
        [_moments[value], .. value.Uses.Where(use => use.Index == 0 && _grams.ContainsKey(use.Node)).Select(use => _grams[use.Node])];
}
