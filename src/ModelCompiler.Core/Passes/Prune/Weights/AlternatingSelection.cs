namespace ModelCompiler.Passes;

/// <summary>
/// Looks for weights and zeros in turn: the best weights near the last ones with zeros, and the ones with zeros nearest to those, pulled together more
/// and more until the zeros stay (alternating direction method of multipliers; Meng et al., 2024, arXiv:2406.07831).
/// </summary>
/// <remarks>
/// With inputs scaled so that diag(H) = 1: W = (H + ρ·I)⁻¹·(H·W* − V + ρ·Z); Z = W + V/ρ with its least squares made zero; V += ρ·(W − Z). ρ grows
/// faster while many zeros change.
/// </remarks>
internal sealed class AlternatingSelection : IWeightSelection
{
    private const double FirstPenalty = 0.1;
    private const int StepsOfPenalty = 3;
    private const int MostPenalties = 100;

    public SparseWeights Choose(LayerObjective objective, bool[] already, IZeroPattern pattern, int kernel)
    {
        if (ScaledObjective.Of(objective) is not { } scaled)
            return new MagnitudeSelection().Choose(objective, already, pattern, kernel);
        var (near, pull) = ((double[])scaled.Best.Clone(), new double[already.Length]);
        var (zeros, penalty) = (new bool[already.Length], FirstPenalty);
        for (var round = 0; round < MostPenalties && scaled.Inverses(penalty) is { } inverses; round++)
        {
            var before = zeros;
            for (var step = 0; step < StepsOfPenalty; step++)
            {
                var weights = scaled.Solve(near, pull, penalty, inverses);
                for (var i = 0; i < near.Length; i++)
                    near[i] = weights[i] + (pull[i] / penalty);
                zeros = pattern.Choose(Squares(near, already), objective.Columns, kernel);
                for (var i = 0; i < near.Length; i++)
                {
                    near[i] = zeros[i] ? 0 : near[i];
                    pull[i] += penalty * (weights[i] - near[i]);
                }
            }

            var changed = zeros.Zip(before).Count(pair => pair.First != pair.Second);
            if (round > 0 && changed == 0)
                break;
            penalty *= Growth(changed, zeros.Count(zero => !zero));
        }

        return new(scaled.Unscale(near), zeros);
    }

    private static double Growth(int changed, int kept) => changed >= 0.1 * kept ? 1.3 : changed >= 0.005 * kept ? 1.2 : 1.1;

    private static double[] Squares(double[] values, bool[] already)
    {
        var squares = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
            squares[i] = already[i] ? -1 : values[i] * values[i];
        return squares;
    }
}
