using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Prune;

public sealed class ClassDivergenceTests
{
    [Fact]
    public void WhatAllScoresHaveInCommonDoesNotCount() => Of([1, 2, 3], [6, 7, 8]).ShouldBe(0, 1e-9);

    [Fact]
    public void IsTheDivergenceOfTheProbabilities() =>
        Of([MathF.Log(0.5f), MathF.Log(0.5f)], [MathF.Log(0.25f), MathF.Log(0.75f)]).ShouldBe((0.5 * Math.Log(2)) + (0.5 * Math.Log(0.5 / 0.75)), 1e-6);

    [Fact]
    public void ScoresThatAreNoNumbersAreInfinitelyFar() => Of([1, 2], [1, float.NaN]).ShouldBe(double.PositiveInfinity);

    [Fact]
    public void IsTheMeanOfAllRows()
    {
        var divergence = new ClassDivergence();
        divergence.Add(Tensor.Of([1f, 2f, 2f, 1f], 2, 2), Tensor.Of([1f, 2f, 1f, 2f], 2, 2));

        divergence.Mean.ShouldBe(Of([2, 1], [1, 2]) / 2, 1e-9);
        new ClassDivergence().Mean.ShouldBe(0);
    }

    private static double Of(float[] original, float[] scores)
    {
        var divergence = new ClassDivergence();
        divergence.Add(Tensor.Of(original, 1, original.Length), Tensor.Of(scores, 1, scores.Length));
        return divergence.Mean;
    }
}
