namespace ModelCompiler.Passes;

/// <summary>Clips the rarest numbers: those under the (100 − p)th and over the pth percentile of the numbers that are not 0.</summary>
/// <remarks>Zeros do not count, lest a value that is 0 nearly everywhere lose all the rest.</remarks>
/// <param name="percentile">p, above 50 and up to 100: 99.99 clips at most one number of 10,000 at each end.</param>
internal sealed class PercentileRange(double percentile) : IRangeRule
{
    public ValueRange RangeOf(Histogram histogram)
    {
        var clipped = histogram.NonZeros * (1 - (percentile / 100));
        var seen = histogram.Seen!.Value;
        var low = Math.Clamp(Quantile(histogram, clipped), seen.Min, seen.Max);
        var high = Math.Clamp(Quantile(histogram, histogram.NonZeros - clipped), low, seen.Max);
        return new(low, high);
    }

    /// <summary>The number below which <paramref name="rank"/> numbers lie, those of a bin taken as spread evenly over it.</summary>
    private static double Quantile(Histogram histogram, double rank)
    {
        var counts = histogram.Counts;
        var below = 0L;
        var bin = 0;
        while (bin < counts.Length - 1 && below + counts[bin] < rank)
            below += counts[bin++];
        var within = counts[bin] == 0 ? 0 : (rank - below) / counts[bin];
        return (bin - Histogram.BinsPerSide + within) * histogram.Width;
    }
}
