namespace ModelCompiler.Passes;

/// <summary>What it costs to make more and more of a weight's elements zero, in steps of the same size from none to all.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="Already">Elements that are zero anyway, and cost nothing.</param>
/// <param name="Costs">Of each step, the first being none; they never fall.</param>
internal sealed record WeightCurve(PrunableWeight Weight, int Already, IReadOnlyList<double> Costs)
{
    private const int Steps = 40;

    /// <summary>Shares at which the cost is measured. In between, its logarithm is taken to be straight.</summary>
    private static readonly double[] Measured = [0.3, 0.5, 0.7, 0.85, 0.95];

    /// <param name="weight">The weight.</param>
    /// <param name="costOf">What a number of zeros costs.</param>
    public static WeightCurve Of(PrunableWeight weight, Func<int, double> costOf)
    {
        var already = weight.Read().Count(element => element == 0);
        var known = new List<double>();
        foreach (var share in Measured)
        {
            var zeros = (int)(share * weight.Tensor.Count);
            known.Add(Math.Max(known.LastOrDefault(), zeros <= already ? 0 : costOf(zeros)));
        }

        return new(weight, already, [.. Enumerable.Range(0, Steps + 1).Select(step => Between(known, step / (double)Steps))]);
    }

    /// <summary>Zeros after a step.</summary>
    public int ZerosAt(int step) => Math.Max(Already, (int)(step * Weight.Tensor.Count / Steps));

    private static double Between(List<double> known, double share)
    {
        if (share <= Measured[0])
            return known[0] * Math.Pow(share / Measured[0], 2);
        var after = Array.FindIndex(Measured, measured => measured >= share);
        after = after < 0 ? Measured.Length - 1 : after;
        var place = (share - Measured[after - 1]) / (Measured[after] - Measured[after - 1]);
        return known[after - 1] == 0 ? place * known[after] : known[after - 1] * Math.Pow(known[after] / known[after - 1], place);
    }
}
