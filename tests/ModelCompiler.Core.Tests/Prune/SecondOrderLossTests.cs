using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Prune;

/// <summary>Two inputs that always are the same make up for each other; independent ones do not.</summary>
public sealed class SecondOrderLossTests
{
    [Fact]
    public void IsTheVarianceThatNothingMakesUpFor()
    {
        // Independent inputs of variance 1 and 4: what is lost is w²·variance.
        var loss = Of([3, 2], [1, 0, 0, 4]);

        loss.Of(0).ShouldBe(9, 1e-9);
        loss.Of(1).ShouldBe(16, 1e-9);
    }

    [Fact]
    public void CorrelatedInputsTakeOverWhatTheyCan()
    {
        // Correlation 0.6: of the first, 1 − 0.36 of the variance cannot be told from the second.
        double[] weights = [3, 2];
        var loss = Of(weights, [1, 0.6, 0.6, 1]);

        loss.Of(0).ShouldBe(9 * 0.64, 1e-9);
        loss.Remove(0);
        weights.ShouldBe([0, 2 + (3 * 0.6)], 1e-9);
    }

    [Fact]
    public void AfterARemovalTheOthersAreWorthMore()
    {
        var loss = Of([1, 1, 1], [1, 0.9, 0, 0.9, 1, 0, 0, 0, 1]);

        loss.Of(1).ShouldBeLessThan(0.2);
        loss.Remove(0);

        loss.Of(1).ShouldBe(1.9 * 1.9, 1e-9);
        loss.Of(2).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void UnitsOfSeveralColumnsGoTogether()
    {
        var units = new Dictionary<int, int[]> { [7] = [0, 2], [9] = [1] };
        double[] weights = [1, 5, 2];
        var loss = new SecondOrderLoss(weights, SymmetricInverse.Of([1, 0, 0.5, 0, 1, 0, 0.5, 0, 1], 3)!, 3, units);

        loss.Of(7).ShouldBe(1 + 4 + (2 * 0.5 * 1 * 2), 1e-9);
        loss.Of(8).ShouldBe(0, "a unit that the layer does not read");
        loss.Remove(7);
        weights.ShouldBe([0, 5, 0], 1e-9);
    }

    private static SecondOrderLoss Of(double[] weights, double[] gram)
    {
        var size = weights.Length;
        return new(weights, SymmetricInverse.Of(gram, size)!, size, Enumerable.Range(0, size).ToDictionary(unit => unit, unit => new[] { unit }));
    }
}
