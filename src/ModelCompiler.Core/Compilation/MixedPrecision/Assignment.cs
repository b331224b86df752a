namespace ModelCompiler.Compilation.MixedPrecision;

/// <summary>Which layers of a map are computed in float; the others are integer.</summary>
/// <param name="map">The layers.</param>
internal sealed class Assignment(LayerMap map)
{
    private readonly HashSet<Layer> _float = [];
    private readonly ILookup<Layer, Crossing> _crossings = map.Crossings
        .SelectMany(crossing => new[] { crossing.From, crossing.To }.OfType<Layer>().Distinct().Select(layer => (layer, crossing)))
        .ToLookup(end => end.layer, end => end.crossing);

    public LayerMap Map => map;

    /// <summary>The layers in float.</summary>
    public IReadOnlySet<Layer> Float => _float;

    /// <summary>Multiply-accumulates of the layers in float that could be integer.</summary>
    public long FloatMacs => _float.Sum(layer => layer.Macs);

    /// <summary>The time of all layers and conversions in picoseconds, by the profile's costs.</summary>
    public double Time =>
        map.Layers.Sum(layer => _float.Contains(layer) ? layer.FloatTime : layer.IntegerTime) +
        map.Crossings.Where(IsConverted).Sum(crossing => crossing.Time);

    public void Keep(Layer layer) => _float.Add(layer);

    /// <summary>What the time grows by when a layer goes to float: negative where float is faster there.</summary>
    public double TimeToKeep(Layer layer)
    {
        var converted = _crossings[layer].Where(IsConverted).Sum(crossing => crossing.Time);
        _float.Add(layer);
        var afterwards = _crossings[layer].Where(IsConverted).Sum(crossing => crossing.Time);
        _float.Remove(layer);
        return layer.FloatTime - layer.IntegerTime + afterwards - converted;
    }

    public Assignment Copy()
    {
        var copy = new Assignment(map);
        copy._float.UnionWith(_float);
        return copy;
    }

    private bool IsConverted(Crossing crossing) => IsFloat(crossing.From) != IsFloat(crossing.To);

    private bool IsFloat(Layer? layer) => layer is null || _float.Contains(layer);
}
