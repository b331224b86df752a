using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>What calibration saw of the inputs of layers whose weights are to be rounded. It knows values and layers by name, like <see cref="ActivationStatistics"/>.</summary>
internal sealed class LayerInputs
{
    /// <summary>Weights of an output channel; beyond, the time for factors grows with the third power.</summary>
    private const int MostColumns = 1152;

    /// <summary>For all Gram matrices together.</summary>
    private const long MostBytes = 128L << 20;

    private readonly Dictionary<string, ChannelMoments> _moments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InputGram> _grams = new(StringComparer.Ordinal);

    /// <summary>Of no layer.</summary>
    public static LayerInputs None { get; } = new();

    /// <summary>Prepares to watch what the steps of a scheme need to know.</summary>
    public static LayerInputs For(IReadOnlyList<SummedWeight> layers, QuantizationScheme scheme, ICalibration calibration)
    {
        var inputs = scheme.Has(AccuracyStep.CorrectBias) ? Of(layers) : new LayerInputs();
        if (calibration.IsTypical && (scheme.Has(AccuracyStep.SearchScales) || scheme.Has(AccuracyStep.ErrorFeedback)))
            inputs.AddProducts(layers, PositionSchedule.Quick);
        return inputs;
    }

    /// <summary>Prepares to watch the moments of each input channel.</summary>
    private static LayerInputs Of(IEnumerable<SummedWeight> layers)
    {
        var inputs = new LayerInputs();
        foreach (var layer in layers)
            inputs._moments.TryAdd(layer.Node.Inputs[0]!.Name, new ChannelMoments(layer.InputAxis));
        return inputs;
    }

    /// <summary>Prepares to watch weights in one run of the samples of their own; nothing is seen without samples, or in a nested graph.</summary>
    public static LayerInputs Observe(ICalibration? calibration, Graph graph, IReadOnlyList<StoredWeight> weights)
    {
        if (calibration is null || graph.Parent is not null)
            return None;
        var layers = weights.SelectMany(weight => weight.Layers).Where(layer => layer.Node.Graph == graph).ToArray();
        var inputs = Of(layers);
        if (calibration.IsTypical)
            inputs.AddProducts(weights.Where(weight => weight.Value.Uses.Count == 1).SelectMany(weight => weight.Layers).Where(layer => layer.Node.Graph == graph), PositionSchedule.Thorough);
        calibration.Observe(graph.Model, layers.Select(layer => layer.Node.Inputs[0]!).Distinct().ToDictionary(value => value, inputs.ObserversOf));
        return inputs;
    }

    /// <summary>Prepares to watch also how the factors of a layer go together: the smallest layers first, until the memory is spent.</summary>
    public void AddProducts(IEnumerable<SummedWeight> layers, PositionSchedule schedule)
    {
        var room = MostBytes;
        foreach (var layer in layers.Where(layer => InputGram.ColumnsOf(layer) <= MostColumns).OrderBy(InputGram.BytesFor))
        {
            room -= InputGram.BytesFor(layer);
            if (room < 0)
                return;
            _grams.Add(layer.Node.Output.Name, new InputGram(layer, schedule));
        }
    }

    /// <summary>Those who watch a value for the layers that read it.</summary>
    public IReadOnlyList<IActivationObserver> ObserversOf(Value value) =>
    [
        .. _moments.TryGetValue(value.Name, out var moments) ? [moments] : Array.Empty<IActivationObserver>(),
        .. value.Uses.Where(use => use.Index == 0).Select(use => _grams.GetValueOrDefault(use.Node.Output.Name)).OfType<InputGram>(),
    ];

    /// <summary>Of each input channel; null where none were observed or their number is not that of the layer.</summary>
    public Moments? MomentsOf(SummedWeight layer) =>
        _moments.TryGetValue(layer.Node.Inputs[0]!.Name, out var moments) && moments.Result is { } result && result.Means.Length == layer.Inputs ? result : null;

    /// <summary>How the factors of the layer's weights go together, where that was observed.</summary>
    public GramMatrix? GramOf(SummedWeight layer) => _grams.GetValueOrDefault(layer.Node.Output.Name)?.Result;

    /// <summary>With error feedback where it is known how the inputs of the layer go together, else to nearest.</summary>
    public IWeightRounding RoundingOf(StoredWeight weight) => GramOf(weight) is { } gram ? new ErrorFeedbackRounding(gram) : new RoundToNearest();

    /// <summary>How the inputs of a weight's only layer go together, without their mean where a bias takes back the mean error; null where that is not known.</summary>
    public GramMatrix? GramOf(StoredWeight weight)
    {
        if (weight.Value.Uses.Count != 1 || weight.Layers.SingleOrDefault() is not { } layer || GramOf(layer) is not { } gram)
            return null;
        return LayerBias.Of(layer) is null ? gram : gram.Centred();
    }
}
