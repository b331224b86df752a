namespace ModelCompiler.Evaluation;

/// <summary>Statistics of two classifiers on the same samples: all that matters are the samples where exactly one of the two is right.</summary>
public static class PairedProportions
{
    private const double Z95 = 1.959963984540054;

    /// <summary>McNemar's exact test, two-sided: the smaller count is binomial(n, ½) if both are equally good (McNemar 1947).</summary>
    /// <param name="lost">Samples where only the first is right.</param>
    /// <param name="won">Samples where only the second is right.</param>
    /// <returns>The p value, from 0 to 1.</returns>
    public static double McNemarExact(int lost, int won)
    {
        var n = lost + won;
        var logTerm = n * Math.Log(0.5);
        var tail = Math.Exp(logTerm);
        for (var k = 1; k <= Math.Min(lost, won); k++)
        {
            logTerm += Math.Log((double)(n - k + 1) / k);
            tail += Math.Exp(logTerm);
        }

        return Math.Min(1, 2 * tail);
    }

    /// <summary>
    /// The 95 % interval of (lost − won) / n by Wald's formula with half a sample added to each of the four cells (Agresti and Min 2005),
    /// which keeps its promise also where the two hardly ever disagree.
    /// </summary>
    public static (double Low, double High) Difference95(int lost, int won, int n)
    {
        var (b, c, all) = (lost + 0.5, won + 0.5, n + 2.0);
        var difference = (b - c) / all;
        var error = Math.Sqrt(b + c - ((b - c) * (b - c) / all)) / all;
        return (Math.Max(-1, difference - (Z95 * error)), Math.Min(1, difference + (Z95 * error)));
    }

    /// <summary>The 95 % interval of a single proportion (Wilson 1927), which also holds near 0 and 1.</summary>
    public static (double Low, double High) Wilson95(int correct, int n)
    {
        var (share, z2) = ((double)correct / n, Z95 * Z95);
        var middle = share + (z2 / (2 * n));
        var reach = Z95 * Math.Sqrt((share * (1 - share) / n) + (z2 / (4.0 * n * n)));
        return (Math.Max(0, (middle - reach) / (1 + (z2 / n))), Math.Min(1, (middle + reach) / (1 + (z2 / n))));
    }
}
