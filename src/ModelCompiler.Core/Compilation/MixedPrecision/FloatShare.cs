namespace ModelCompiler.Compilation.MixedPrecision;

/// <summary>How much of a model may be float and the model still be called one in integers.</summary>
internal static class FloatShare
{
    /// <summary>Of all multiply-accumulates.</summary>
    private const double OfModel = 0.25;

    /// <summary>Of those that can be integer, where much of the model cannot.</summary>
    private const double OfLayers = 0.1;

    /// <summary>How many multiply-accumulates of layers that could be integer may be float.</summary>
    public static double MostMacs(LayerMap map)
    {
        var able = map.Layers.Sum(layer => layer.Macs);
        return Math.Max((OfModel * map.Macs) - (map.Macs - able), OfLayers * able);
    }
}
