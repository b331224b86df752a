namespace ModelCompiler.Compilation.MixedPrecision;

/// <summary>Where integers pay: everything, but for the layers that are faster in float.</summary>
internal static class FastestAssignment
{
    /// <summary>Moves the layer that gains most to float, as long as one gains and the model stays one in integers.</summary>
    public static Assignment Of(LayerMap map)
    {
        var assignment = new Assignment(map);
        var room = FloatShare.MostMacs(map);
        while (true)
        {
            var (layer, time) = map.Layers
                .Where(layer => !assignment.Float.Contains(layer) && assignment.FloatMacs + layer.Macs <= room)
                .Select(layer => (layer, time: assignment.TimeToKeep(layer)))
                .OrderBy(move => move.time)
                .FirstOrDefault();
            if (layer is null || time >= 0)
                return assignment;
            assignment.Keep(layer);
        }
    }
}
