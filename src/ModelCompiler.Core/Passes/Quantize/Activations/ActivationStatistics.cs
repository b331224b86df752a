using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// What calibration saw of the values that may become integer. It knows them by name, so that samples run once however many forms of the model
/// are written from what they showed.
/// </summary>
public sealed class ActivationStatistics
{
    private readonly Dictionary<string, ValueRange?> _whole;
    private readonly Dictionary<string, ValueRange[]> _channels;
    private readonly Dictionary<string, ValueRange?> _unscaled;
    private readonly Dictionary<string, (QuantizationParameters Input, QuantizationScheme Scheme, QuantizedLayer Layer)> _quantized = new(StringComparer.Ordinal);

    private ActivationStatistics(
        Dictionary<string, ValueRange?> whole, Dictionary<string, ValueRange?> unscaled, Dictionary<string, ValueRange[]> channels, LayerInputs layers, ChannelScales scales)
    {
        _whole = whole;
        _unscaled = unscaled;
        _channels = channels;
        Layers = layers;
        Scales = scales;
    }

    /// <summary>The scales of channels in the graph that was observed.</summary>
    internal ChannelScales Scales { get; }

    /// <summary>What goes into the layers whose weights become integers.</summary>
    internal LayerInputs Layers { get; }

    /// <summary>Runs the samples once and watches the range of each value, and of each channel of what weighted nodes read.</summary>
    /// <param name="graph">With its channels scaled.</param>
    /// <param name="scheme">The formats, and how ranges are found.</param>
    /// <param name="calibration">Runs the samples.</param>
    /// <param name="scales">By which the channels were scaled: ranges without them are watched too, for showing what they are worth.</param>
    public static ActivationStatistics Observe(Graph graph, QuantizationScheme scheme, ICalibration calibration, ChannelScales scales)
    {
        var placement = QuantizationPlacement.Of(graph, scheme, Unconditionally);
        var whole = new WatchedRanges(graph, placement.Quantized.ToDictionary(value => value, value => scales.Of(value) is null ? scheme.NewEstimator() : scheme.NewEstimatorOfEvenChannels()));
        var unscaled = new WatchedRanges(graph, placement.Quantized.Where(value => scales.Of(value) is not null)
            .ToDictionary(value => value, value => (IRangeEstimator)new UnscaledEstimator(scales.Of(value)!, scheme.NewEstimator())));
        var channels = new Dictionary<Value, ChannelRanges>();
        var layers = placement.Integer.Select(node => SummedWeight.Of(new Use(node, 1))).OfType<SummedWeight>().ToArray();
        foreach (var layer in layers)
            channels.TryAdd(layer.Node.Inputs[0]!, new ChannelRanges(layer.InputAxis));
        foreach (var layer in placement.Integer.Where(node => IntegerOperators.RoleOf(node) == IntegerRole.Weighted && ExistingWeight.IsOf(node)).Select(node => ExistingWeight.Of(node).Summed))
            channels.TryAdd(layer.Node.Inputs[0]!, new ChannelRanges(layer.InputAxis));
        var inputs = LayerInputs.For(layers, scheme, calibration);
        calibration.Observe(graph.Model, placement.Quantized.Select(value => (Value: value, Observers: ObserversOf(value))).Where(pair => pair.Observers.Count > 0).ToDictionary());
        return new(
            whole.Find(),
            unscaled.Find(),
            channels.Where(pair => pair.Value.Result is not null).ToDictionary(pair => pair.Key.Name, pair => pair.Value.Result!, StringComparer.Ordinal),
            inputs,
            scales);

        IReadOnlyList<IActivationObserver> ObserversOf(Value value) =>
        [
            .. whole.ObserversOf(value),
            .. unscaled.ObserversOf(value),
            .. channels.TryGetValue(value, out var perChannel) ? [perChannel, .. inputs.ObserversOf(value)] : Array.Empty<IActivationObserver>(),
        ];

        static string? Unconditionally(Node node) => null;
    }

    /// <summary>The range of a value in a graph whose channels are scaled as the scheme says.</summary>
    internal ValueRange RangeOf(Value value, QuantizationScheme scheme) =>
        (Scales.Of(value) is { } scaled && !scheme.Has(scaled.Step) ? _unscaled[value.Name] : _whole[value.Name])!.Value;

    /// <summary>The range of each channel there, where that is known.</summary>
    internal ValueRange[]? ChannelsOf(Value value, QuantizationScheme scheme)
    {
        if (!_channels.TryGetValue(value.Name, out var ranges) || Scales.Of(value) is not { } scaled || scheme.Has(scaled.Step))
            return _channels.GetValueOrDefault(value.Name);
        return [.. ranges.Zip(scaled.Scales, (range, scale) => new ValueRange(range.Min * scale, range.Max * scale))];
    }

    /// <summary>A layer in integers, made once however many forms of the model hold it.</summary>
    /// <param name="name">The name of the layer's output.</param>
    /// <param name="input">Scale and zero point of what it reads.</param>
    /// <param name="scheme">The formats, and the steps to take.</param>
    /// <param name="make">Makes it.</param>
    internal QuantizedLayer Quantized(string name, QuantizationParameters input, QuantizationScheme scheme, Func<QuantizedLayer> make)
    {
        if (!_quantized.TryGetValue(name, out var known) || known.Input != input || known.Scheme != scheme)
            _quantized[name] = known = (input, scheme, make());
        return known.Layer;
    }

    /// <summary>The reason why a value cannot be integer; null where it can, or was not watched.</summary>
    internal string? ReasonNotToQuantize(Value value)
    {
        if (!_whole.TryGetValue(value.Name, out var seen))
            return null;
        if (seen is not { } range)
            return $"no sample of the calibration data reaches '{value.Name}'";
        return range.IsFinite ? null : $"'{value.Name}' is NaN or infinite on calibration data";
    }
}
