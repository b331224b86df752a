using ModelCompiler.Compilation.Gate;
using ModelCompiler.Evaluation;

namespace ModelCompiler.Tests.Compilation.Gate;

public sealed class ClassLimitTests
{
    // Ten classes: 11 lost and none won are 2/2^11 = 0.00098, times ten below 0.01; 10 lost are 0.00195, times ten above it.
    [Theory]
    [InlineData(11, true)]
    [InlineData(10, false)]
    public void ALossMustBeMoreThanTheChanceOfAllClassesTogether(int lost, bool isOver) =>
        Over(ClassLimit.Default, Lost(7, 20, lost)).ShouldBe(isOver ? [7] : []);

    // The same 10 lost samples among two classes: 0.00195 times two is below 0.01.
    [Fact]
    public void FewerClassesNeedLessCorrection() => Over(ClassLimit.Default, [Lost(0, 20, 10), Lost(1, 20, 0)]).ShouldBe([0]);

    [Theory]
    [InlineData(25, false)]
    [InlineData(26, true)]
    public void ALossMustBeOverTheLimitHoweverSureItIs(int lost, bool isOver) =>
        Over(ClassLimit.Default, Lost(7, 100, lost)).ShouldBe(isOver ? [7] : []);

    [Fact]
    public void AClassWithFewSamplesIsNotJudged() => Over(ClassLimit.Default, Lost(7, 19, 19)).ShouldBeEmpty();

    [Fact]
    public void WhatIsWonCountsAgainstWhatIsLost() => Over(ClassLimit.Default, [new ClassAccuracy(0, 100, 50, 50, Lost: 40)]).ShouldBeEmpty();

    [Fact]
    public void TheWorstComesFirst() => Over(new ClassLimit(0.05), [Lost(0, 200, 20), Lost(1, 200, 0), Lost(2, 200, 80)]).ShouldBe([2, 0]);

    [Fact]
    public void WhereThereIsNoLimitNothingIsOver() => Over(ClassLimit.None, Lost(7, 500, 500)).ShouldBeEmpty();

    // Both models are right in 90 of 100 samples, independently of each other: of 200 such sets of a thousand classes none fails.
    [Fact]
    public void AModelThatIsAsGoodPassesWithManyClasses()
    {
        var random = new Random(11);
        for (var trial = 0; trial < 200; trial++)
            Over(new ClassLimit(0.01), [.. Enumerable.Range(0, 1000).Select(index => Independent(random, index))]).ShouldBeEmpty();
    }

    private static ClassAccuracy Independent(Random random, int index)
    {
        var (original, compiled, lost) = (0, 0, 0);
        for (var sample = 0; sample < 50; sample++)
        {
            var (first, second) = (random.NextDouble() < 0.9, random.NextDouble() < 0.9);
            original += first ? 1 : 0;
            compiled += second ? 1 : 0;
            lost += first && !second ? 1 : 0;
        }

        return new ClassAccuracy(index, 50, original, compiled, lost);
    }

    private static IEnumerable<int> Over(ClassLimit limit, ClassAccuracy damaged) =>
        Over(limit, [.. Enumerable.Range(0, 10).Select(index => index == damaged.Class ? damaged : Lost(index, 100, 0))]);

    private static IEnumerable<int> Over(ClassLimit limit, ClassAccuracy[] classes) =>
        limit.Over(classes).Select(part => part.Class);

    private static ClassAccuracy Lost(int index, int samples, int lost) => new(index, samples, samples, samples - lost, lost);
}
