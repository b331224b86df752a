namespace ModelCompiler.Passes;

/// <summary>
/// Shares out zeros without any data: a weight counts by its square beside those of its layer that are not smaller, so that no layer is emptied for having
/// small weights (LAMP; Lee et al., 2021, arXiv:2010.07611).
/// </summary>
internal static class LayerAdaptiveMagnitude
{
    /// <summary>Zeros of each weight, those that it has anyway included.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="zeros">Of all together.</param>
    public static int[] Allocate(IReadOnlyList<double[]> weights, long zeros)
    {
        var scores = new double[weights.Sum(weight => weight.LongLength)];
        var owners = new int[scores.Length];
        var next = 0;
        for (var owner = 0; owner < weights.Count; owner++)
        {
            foreach (var score in Scores(weights[owner]))
                (scores[next], owners[next++]) = (score, owner);
        }

        Array.Sort(scores, owners);
        var counts = new int[weights.Count];
        foreach (var owner in owners.AsSpan(0, (int)zeros))
            counts[owner]++;
        return counts;
    }

    /// <summary>From the smallest weight to the largest, whose score is 1.</summary>
    private static double[] Scores(double[] weights)
    {
        double[] scores = [.. weights.Select(weight => weight * weight).Order()];
        var larger = 0.0;
        for (var i = scores.Length - 1; i >= 0; i--)
        {
            larger += scores[i];
            scores[i] = scores[i] == 0 ? 0 : scores[i] / larger;
        }

        return scores;
    }
}
