namespace ModelCompiler.Evaluation;

/// <summary>
/// Fisher's randomization test of pairs (Fisher 1935): if neither of two is better, each difference could as well have had the other sign. It asks nothing of how
/// differences are distributed, so that sums of several answers to one sample count as one.
/// </summary>
public static class SignFlipTest
{
    /// <summary>Exact, two-sided: the share of all choices of signs whose sum is at least as far from 0.</summary>
    /// <param name="differences">One for each independent pair.</param>
    /// <param name="unit">What differences are rounded to multiples of.</param>
    /// <returns>The p value, from 0 to 1.</returns>
    public static double PValue(IReadOnlyList<double> differences, double unit = 1)
    {
        int[] steps = [.. differences.Select(difference => (int)Math.Round(difference / unit))];
        var (farthest, observed) = (steps.Sum(Math.Abs), Math.Abs(steps.Sum()));
        var shares = new double[(2 * farthest) + 1]; // of the choices so far, by their sum plus the farthest one
        shares[farthest] = 1;
        foreach (var step in steps.Select(Math.Abs).Where(step => step > 0))
            shares = Flipped(shares, step);
        var tail = 0.0;
        for (var sum = observed; sum <= farthest; sum++)
            tail += shares[farthest + sum] + (sum > 0 ? shares[farthest - sum] : 0);
        return Math.Min(1, tail);
    }

    private static double[] Flipped(double[] shares, int step)
    {
        var flipped = new double[shares.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            if (shares[i] == 0)
                continue;
            flipped[i + step] += shares[i] / 2;
            flipped[i - step] += shares[i] / 2;
        }

        return flipped;
    }
}
