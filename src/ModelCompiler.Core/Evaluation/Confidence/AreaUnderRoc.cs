namespace ModelCompiler.Evaluation.Confidence;

/// <summary>How well a score tells two groups apart: the probability that one of the first group has a higher score than one of the second, equal scores counting half.</summary>
/// <param name="Area">From 0 to 1; 0.5 is chance.</param>
/// <param name="Positives">Of the group that should score higher, at least one.</param>
/// <param name="Negatives">Of the other, at least one.</param>
public sealed record AreaUnderRoc(double Area, int Positives, int Negatives)
{
    private const double Z95 = 1.959963984540054;

    /// <summary>By the ranks of all scores together, of which equal ones share the mean (Mann and Whitney 1947).</summary>
    /// <param name="positives">Scores of the group that should score higher, at least one, none of them NaN.</param>
    /// <param name="negatives">Scores of the other group, at least one, none of them NaN.</param>
    public static AreaUnderRoc Of(IReadOnlyList<double> positives, IReadOnlyList<double> negatives)
    {
        var all = positives.Select(score => (Score: score, IsPositive: true)).Concat(negatives.Select(score => (Score: score, IsPositive: false))).OrderBy(entry => entry.Score).ToArray();
        var ranks = 0.0;
        for (var (start, end) = (0, 0); start < all.Length; start = end)
        {
            while (end < all.Length && all[end].Score.Equals(all[start].Score))
                end++;
            var meanRank = (start + 1 + end) / 2.0;
            ranks += meanRank * all[start..end].Count(entry => entry.IsPositive);
        }

        double pairs = (double)positives.Count * negatives.Count;
        return new AreaUnderRoc((ranks - (positives.Count * (positives.Count + 1) / 2.0)) / pairs, positives.Count, negatives.Count);
    }

    /// <summary>
    /// The 95 % interval. The variance is that of Hanley and McNeil (1982); it is taken at the ends of the interval and not at the estimate, so that the interval does not
    /// shrink to a point where the groups do not overlap (Newcombe 2006, method 5).
    /// </summary>
    public (double Low, double High) Interval95 => (End(0), End(1));

    /// <summary>Hanley and McNeil's variance of an area, with the mean of both sizes, as Newcombe has it, so that exchanging the groups mirrors the interval.</summary>
    internal double VarianceAt(double area)
    {
        var others = ((Positives + Negatives) / 2.0) - 1;
        return area * (1 - area) * (1 + (others * (1 - area) / (2 - area)) + (others * area / (1 + area))) / ((double)Positives * Negatives);
    }

    /// <summary>Where the area is just as far from the estimate as chance goes in 95 of 100 cases, between the estimate and an end of the scale.</summary>
    private double End(double outermost)
    {
        const int Halvings = 50;
        var (inside, outside) = (Area, outermost);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (inside + outside) / 2;
            if (Math.Abs(middle - Area) < Z95 * Math.Sqrt(VarianceAt(middle)))
                inside = middle;
            else
                outside = middle;
        }

        return (inside + outside) / 2;
    }
}
