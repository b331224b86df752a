namespace ModelCompiler.Passes;

/// <summary>Tries narrower and narrower ranges: both ends drawn in together first, then each on its own until neither gets better.</summary>
internal static class RangeSearch
{
    /// <summary>An end moves in steps of this part of its distance from 0.</summary>
    private const int Steps = 256;

    private const int MaxRounds = 4;

    /// <summary>The range, around 0, of least cost; the widest of those that cost the same.</summary>
    /// <param name="histogram">Gives the widest range, the one that was seen, and the narrowest: one bin for each integer.</param>
    /// <param name="format">The integers.</param>
    /// <param name="cost">Of the integers that cover a range.</param>
    public static ValueRange Cheapest(Histogram histogram, IntegerFormat format, Func<QuantizationParameters, double> cost)
    {
        var seen = histogram.Seen!.Value.Union(new(0, 0));
        var bins = (seen.Max - seen.Min) / histogram.Width;
        var narrowest = Math.Min(Steps, (int)Math.Ceiling(Steps * (format.Max - format.Min + 1) / bins));
        var best = (Low: Steps, High: Steps, Cost: double.PositiveInfinity);
        for (var step = Steps; step >= narrowest; step--)
            Try(step, step);
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = best.Cost;
            for (var step = Steps; step >= narrowest; step--)
                Try(step, best.High);
            for (var step = Steps; step >= narrowest; step--)
                Try(best.Low, step);
            if (best.Cost >= before)
                break;
        }

        return Range(best.Low, best.High);

        ValueRange Range(int low, int high) => new(seen.Min * low / Steps, seen.Max * high / Steps);

        void Try(int low, int high)
        {
            var candidate = cost(QuantizationParameters.Covering(Range(low, high), format));
            if (candidate < best.Cost)
                best = (low, high, candidate);
        }
    }
}
