namespace ModelCompiler.Evaluation;

/// <summary>Statistics of many tests at once, of which some look bad by chance alone.</summary>
public static class MultipleTests
{
    /// <summary>
    /// Holm's step-down correction (Holm 1979): the i-th smallest of m p values, counted from 0, times m − i, never less than the one before it and at most 1.
    /// Calling those below α bad is wrong in any of them with a probability of at most α, whatever the tests have to do with each other.
    /// </summary>
    /// <param name="pValues">From 0 to 1.</param>
    /// <returns>The corrected p values, in the order of <paramref name="pValues"/>.</returns>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> pValues)
    {
        var corrected = new double[pValues.Count];
        var (rank, least) = (0, 0.0);
        foreach (var test in Enumerable.Range(0, pValues.Count).OrderBy(test => pValues[test]))
        {
            least = Math.Max(least, Math.Min(1, pValues[test] * (pValues.Count - rank)));
            corrected[test] = least;
            rank++;
        }

        return corrected;
    }
}
