namespace ModelCompiler.Passes;

/// <summary>Chooses the weights that stay in float16 because their layer suffers from integers and they are small enough not to matter for the file.</summary>
internal static class SensitiveLayers
{
    /// <summary>Layers whose output keeps at least this signal to noise are left to int8.</summary>
    private const double EnoughDb = 40;

    /// <summary>The share of all weights that may stay in float16: 2 % of them add 2 % to the int8 file's weights.</summary>
    private const double MostOfAll = 0.02;

    public static HashSet<RoundedWeight> Of(IReadOnlyList<RoundedWeight> candidates)
    {
        var room = (long)(candidates.Sum(candidate => candidate.Weight.Tensor.Count) * MostOfAll);
        var chosen = new HashSet<RoundedWeight>();
        foreach (var candidate in candidates.Where(candidate => candidate.SqnrDb < EnoughDb).OrderBy(candidate => candidate.SqnrDb))
        {
            if (candidate.Weight.Tensor.Count > room)
                continue;
            room -= candidate.Weight.Tensor.Count;
            chosen.Add(candidate);
        }

        return chosen;
    }
}
