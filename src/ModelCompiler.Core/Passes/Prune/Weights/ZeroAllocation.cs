namespace ModelCompiler.Passes;

/// <summary>Shares out zeros over weights: each time the weight goes a step further whose next steps cost least for the zeros they make.</summary>
internal static class ZeroAllocation
{
    /// <summary>Zeros of each weight, exactly so many together.</summary>
    public static int[] Allocate(IReadOnlyList<WeightCurve> curves, long zeros)
    {
        var places = new int[curves.Count];
        int[] counts = [.. curves.Select(curve => curve.Already)];
        var missing = zeros - counts.Sum(count => (long)count);
        while (missing > 0)
        {
            var next = Enumerable.Range(0, curves.Count).Where(i => places[i] + 1 < curves[i].Costs.Count).MinBy(i => Slope(curves[i], places[i]));
            var more = (int)Math.Min(missing, curves[next].ZerosAt(++places[next]) - counts[next]);
            counts[next] += more;
            missing -= more;
        }

        return counts;
    }

    /// <summary>The same share of every weight's elements that are not zero anyway.</summary>
    /// <param name="sizes">Elements of each weight.</param>
    /// <param name="already">Those that are zero anyway.</param>
    /// <param name="zeros">Of all together.</param>
    public static int[] Evenly(IReadOnlyList<long> sizes, IReadOnlyList<int> already, long zeros)
    {
        var share = (zeros - already.Sum(count => (long)count)) / (double)(sizes.Sum() - already.Sum(count => (long)count));
        var (counts, free) = (new int[sizes.Count], 0L);
        for (var i = 0; i < counts.Length; i++)
        {
            var before = (long)Math.Round(share * free);
            free += sizes[i] - already[i];
            counts[i] = already[i] + (int)((long)Math.Round(share * free) - before);
        }

        return counts;
    }

    /// <summary>The least cost of one more zero: on the way to the next step, or to one behind it where costs rise slower from there.</summary>
    private static double Slope(WeightCurve curve, int place)
    {
        var least = double.PositiveInfinity;
        for (var to = place + 1; to < curve.Costs.Count; to++)
        {
            var zeros = curve.ZerosAt(to) - curve.ZerosAt(place);
            least = Math.Min(least, zeros == 0 ? 0 : (curve.Costs[to] - curve.Costs[place]) / zeros);
        }

        return least;
    }
}
