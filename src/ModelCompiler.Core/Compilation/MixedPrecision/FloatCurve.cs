namespace ModelCompiler.Compilation.MixedPrecision;

/// <summary>
/// From the fastest assignment to more and more faithful ones: the layer that takes most noise away for its time goes to float first.
/// </summary>
internal static class FloatCurve
{
    /// <summary>What each step is to gain.</summary>
    private const double StepDb = 2;

    /// <summary>Steps are compiled and compared, which takes time.</summary>
    private const int MostSteps = 6;

    /// <summary>Of the time that integers save: what may be given back for accuracy.</summary>
    private const double MostTimeGivenBack = 1.0 / 3;

    /// <summary>Times below this share of the model's are too small to be told apart by a model of costs.</summary>
    private const double LeastTime = 1e-3;

    /// <summary>The assignments behind the first one, each with more layers in float than the one before.</summary>
    public static IReadOnlyList<Assignment> From(Assignment first, Sensitivity sensitivity)
    {
        var map = first.Map;
        var current = first.Copy();
        var left = Left(current, sensitivity);
        var (room, slowest) = (FloatShare.MostMacs(map), SlowestAllowed(first));
        var steps = new List<Assignment>();
        var lastDb = Db(left);
        while (Next(current, sensitivity, left, room, slowest) is { } layer)
        {
            current.Keep(layer);
            left = Left(current, sensitivity);
            if (Db(left) - lastDb < StepDb)
                continue;
            steps.Add(current.Copy());
            lastDb = Db(left);
        }

        if (current.Float.Count > (steps.LastOrDefault() ?? first).Float.Count)
            steps.Add(current);
        return Thinned(steps);
    }

    private static double SlowestAllowed(Assignment first)
    {
        var allFloat = new Assignment(first.Map);
        foreach (var layer in first.Map.Layers)
            allFloat.Keep(layer);
        return first.Time + (MostTimeGivenBack * Math.Max(0, allFloat.Time - first.Time));
    }

    private static Layer? Next(Assignment current, Sensitivity sensitivity, double[] left, double room, double slowest)
    {
        var worst = Array.IndexOf(left, left.Max());
        var (macs, time) = (current.FloatMacs, current.Time);
        return current.Map.Layers
            .Where(layer => !current.Float.Contains(layer) && macs + layer.Macs <= room)
            .Select(layer => (layer, time: current.TimeToKeep(layer), noise: sensitivity.Of(layer)[worst]))
            .Where(move => time + move.time <= slowest)
            .OrderByDescending(move => move.noise / Math.Max(move.time, LeastTime * time))
            .FirstOrDefault().layer;
    }

    /// <summary>The noise of each output that the layers left in integers make together.</summary>
    private static double[] Left(Assignment assignment, Sensitivity sensitivity)
    {
        var integer = assignment.Map.Layers.Where(layer => !assignment.Float.Contains(layer)).Select(sensitivity.Of).ToArray();
        return integer.Length == 0 ? [0] : [.. Enumerable.Range(0, integer[0].Length).Select(output => integer.Sum(noise => noise[output]))];
    }

    private static double Db(double[] noise) => -10 * Math.Log10(Math.Max(noise.Max(), 1e-20));

    /// <summary>At most so many, spread evenly, the last one always among them.</summary>
    private static IReadOnlyList<Assignment> Thinned(List<Assignment> steps) =>
        steps.Count <= MostSteps ? steps : [.. Enumerable.Range(1, MostSteps).Select(i => steps[(i * steps.Count / MostSteps) - 1])];
}
