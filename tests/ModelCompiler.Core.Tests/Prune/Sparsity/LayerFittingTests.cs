using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Prune.Sparsity;

/// <summary>The arithmetic of pruning, held against what can be computed in another way.</summary>
public sealed class LayerFittingTests
{
    private const int Columns = 12;
    private const int Outputs = 6;

    [Fact]
    public void OneWeightThatGoesIsMadeUpForAsTheBrainSurgeonDoes()
    {
        var objective = Objective(1);
        var inverse = SymmetricInverse.Of(objective.Hessians[0], Columns)!;
        var zeros = new bool[Outputs * Columns];
        zeros[Columns + 4] = true;

        var weights = MaskedLeastSquares.Solve(objective, zeros);

        // w − w_q/[H⁻¹]_qq·[H⁻¹]_:q for q = 4 (Hassibi and Stork, 1993); the loss is w_q²/[H⁻¹]_qq.
        var factor = objective.Best[Columns + 4] / inverse[(4 * Columns) + 4];
        for (var column = 0; column < Columns; column++)
            weights[Columns + column].ShouldBe(objective.Best[Columns + column] - (factor * inverse[(4 * Columns) + column]), 1e-9);
        weights[..Columns].ShouldBe(objective.Best[..Columns], 1e-9);
        objective.LossOf(weights).ShouldBe(objective.Best[Columns + 4] * factor, 1e-9);
    }

    [Fact]
    public void NothingSmallerThanTheSolutionIsNearIt()
    {
        var objective = Objective(2);
        var zeros = Enumerable.Range(0, Outputs * Columns).Select(i => i % 3 == 0).ToArray();
        var weights = MaskedLeastSquares.Solve(objective, zeros);
        var least = objective.LossOf(weights);

        for (var i = 0; i < weights.Length; i++)
        {
            if (zeros[i])
                weights[i].ShouldBe(0);
            else
                objective.LossOf([.. weights.Select((weight, j) => weight + (i == j ? 1e-3 : 0))]).ShouldBeGreaterThan(least);
        }
    }

    [Fact]
    public void ABlockThatGoesFirstIsMadeUpForInFull()
    {
        var objective = Objective(3);
        var chosen = new SecondOrderSelection().Choose(objective, new bool[Outputs * Columns], new FirstColumns(5), 1);

        var solved = MaskedLeastSquares.Solve(objective, chosen.Zeros);

        chosen.Zeros.Count(zero => zero).ShouldBe(5 * Outputs);
        chosen.Weights.ShouldBe(solved, 1e-8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheWaysOfChoosingGetBetterFromMagnitudeToAlternating(int groups)
    {
        double LossOf(IWeightSelection selection, IZeroPattern pattern) => Enumerable.Range(10, 8).Sum(seed =>
        {
            var objective = Objective(seed, groups);
            var chosen = selection.Choose(objective, new bool[Outputs * Columns], pattern, 1);
            return objective.LossOf(MaskedLeastSquares.Solve(objective, chosen.Zeros));
        });

        foreach (var pattern in new IZeroPattern[] { new ShareOfZeros(Outputs * Columns / 2, 0), new TwoOfFour() })
        {
            var magnitude = LossOf(new MagnitudeSelection(), pattern);
            var secondOrder = LossOf(new SecondOrderSelection(), pattern);
            var alternating = LossOf(new AlternatingSelection(), pattern);

            secondOrder.ShouldBeLessThan(magnitude, $"{pattern}");
            alternating.ShouldBeLessThan(secondOrder, $"{pattern}");
        }
    }

    [Fact]
    public void InputsThatSayTheSameNeedOnlyOneWeight()
    {
        // Columns 0 and 1 are the same input: one of the two weights can do the work of both.
        double[] hessian = [1.0001, 1, 0, 1, 1.0001, 0, 0, 0, 1];
        var objective = new LayerObjective(3, [hessian], [0.5, 0.4, 0.3]);

        var chosen = new AlternatingSelection().Choose(objective, new bool[3], new ShareOfZeros(1, 0), 1);

        chosen.Zeros[2].ShouldBeFalse();
        MaskedLeastSquares.Solve(objective, chosen.Zeros).Sum().ShouldBe(1.2, 1e-3);
    }

    [Fact]
    public void SolvesWhatIsPositiveDefiniteAndRefusesWhatIsNot()
    {
        double[] matrix = [4, 2, 2, 3];
        double[] vector = [8, 7];
        Cholesky.Decompose(matrix, 2).ShouldBeTrue();
        Cholesky.Solve(matrix, 2, vector);

        vector.ShouldBe([1.25, 1.5], 1e-12);
        Cholesky.Decompose(new double[] { 1, 2, 2, 1 }, 2).ShouldBeFalse();
    }

    /// <summary>H of correlated noise.</summary>
    private static LayerObjective Objective(int seed, int groups = 1)
    {
        var random = new Random(seed);
        double Noise() => random.NextDouble() + random.NextDouble() - 1;
        var hessians = new double[groups][];
        for (var group = 0; group < groups; group++)
        {
            var samples = Enumerable.Range(0, 3 * Columns).Select(_ =>
            {
                var common = Noise();
                return Enumerable.Range(0, Columns).Select(i => ((1 + (0.3 * i)) * Noise()) + common).ToArray();
            }).ToArray();
            hessians[group] = new double[Columns * Columns];
            for (var i = 0; i < Columns * Columns; i++)
                hessians[group][i] = samples.Average(sample => sample[i / Columns] * sample[i % Columns]);
        }

        return new(Columns, hessians, [.. Enumerable.Range(0, Outputs * Columns).Select(_ => Noise())]);
    }

    /// <summary>All weights of some columns, one column after the other.</summary>
    private sealed class FirstColumns(int count) : IZeroPattern
    {
        public bool[] Choose(double[] scores, int columns, int kernel) => [.. scores.Select(_ => columns == 1)];

        public IReadOnlyList<int[]> Blocks(int columns, int kernel) => [.. Enumerable.Range(0, count).Select(column => new[] { column })];

        public IZeroPattern Within(ZeroBudget budget) => this;
    }
}
