using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>What calibration saw of the values that may become integer.</summary>
internal sealed class CalibratedRanges
{
    private readonly Dictionary<Value, IRangeEstimator> _whole = [];
    private readonly Dictionary<Value, ChannelRanges> _channels = [];

    private CalibratedRanges()
    {
    }

    /// <summary>Runs the samples once and watches the range of each value, and of each channel of what weighted nodes read.</summary>
    public static CalibratedRanges Observe(Model model, QuantizationPlacement placement, QuantizationScheme scheme, ICalibration calibration)
    {
        var ranges = new CalibratedRanges();
        foreach (var value in placement.Quantized)
            ranges._whole[value] = scheme.NewEstimator();
        foreach (var layer in placement.Integer.Select(node => SummedWeight.Of(new Use(node, 1))).OfType<SummedWeight>())
            ranges._channels.TryAdd(layer.Node.Inputs[0]!, new ChannelRanges(layer.InputAxis));
        calibration.Observe(model, placement.Quantized.ToDictionary(value => value, ranges.ObserversOf));
        return ranges;
    }

    public ValueRange Of(Value value) => _whole[value].Range!.Value;

    /// <summary>The range of each channel, where that is known.</summary>
    public ValueRange[]? ChannelsOf(Value value) => _channels.GetValueOrDefault(value)?.Result;

    /// <summary>The reason why a value cannot be integer; null where it can, or was not watched.</summary>
    public string? ReasonNotToQuantize(Value value)
    {
        if (!_whole.TryGetValue(value, out var estimator))
            return null;
        if (estimator.Range is not { } range)
            return $"no sample of the calibration data reaches '{value.Name}'";
        return range.IsFinite ? null : $"'{value.Name}' is NaN or infinite on calibration data";
    }

    private IReadOnlyList<IActivationObserver> ObserversOf(Value value) =>
        _channels.TryGetValue(value, out var channels) ? [_whole[value], channels] : [_whole[value]];
}
