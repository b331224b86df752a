using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Prune.Sparsity;

/// <summary>The patterns take what costs least, exactly as many as they should.</summary>
public sealed class ZeroPatternTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(3, "1 3 5")]
    [InlineData(6, "0 1 2 3 4 5")]
    public void AShareTakesTheCheapestOfTheWholeLayer(int zeros, string places) =>
        Places(new ShareOfZeros(zeros, 0).Choose([9, 1, 8, 2, 7, 3], columns: 3, kernel: 1)).ShouldBe(places);

    [Fact]
    public void WhatIsZeroAnywayComesFirst() =>
        Places(new ShareOfZeros(2, 1).Choose([0.5, -1, 0.1, 0.2], columns: 2, kernel: 1)).ShouldBe("1 2");

    [Theory]
    [InlineData(130, 0)]
    [InlineData(77, 5)]
    [InlineData(300, 5)]
    public void AShareIsExactWhenItIsTakenBlockByBlock(int zeros, int already)
    {
        var pattern = new ShareOfZeros(zeros, already);
        var left = 300 - already;
        var (taken, chosen) = (0, 0);
        foreach (var free in new[] { 128 - already, 128, 44 })
        {
            var inBlock = free == 128 - already ? already : 0;
            double[] scores = [.. Enumerable.Repeat(-1.0, inBlock), .. Enumerable.Range(0, free).Select(i => (double)i)];
            var count = pattern.Within(new ZeroBudget(free, inBlock, left, taken)).Choose(scores, scores.Length, 1).Count(zero => zero);
            (chosen, taken, left) = (chosen + count, taken + count - inBlock, left - free);
        }

        chosen.ShouldBe(zeros);
    }

    [Fact]
    public void TwoOfEveryFourColumnsGo() =>
        Places(new TwoOfFour().Choose([4, 1, 3, 2, 5, 6, 7, 8], columns: 8, kernel: 1)).ShouldBe("1 3 4 5");

    [Fact]
    public void FoursAreInputChannelsAtTheSamePlaceOfTheKernel()
    {
        // Four channels of two places: the first place costs 1 2 3 4, the second 40 30 20 10.
        double[] scores = [1, 40, 2, 30, 3, 20, 4, 10];

        Places(new TwoOfFour().Choose(scores, columns: 8, kernel: 2)).ShouldBe("0 2 5 7");
    }

    [Fact]
    public void MoreThanTwoGoWhereMoreAreZeroAnyway() =>
        Places(new TwoOfFour().Choose([-1, -1, -1, 5, 3, 3, 3, 3], columns: 4, kernel: 1)).ShouldBe("0 1 2 4 5");

    [Fact]
    public void BlocksOfFourCoverEveryColumnOnce() =>
        new TwoOfFour().Blocks(columns: 72, kernel: 9).SelectMany(block => block).Order().ShouldBe(Enumerable.Range(0, 72));

    private static string Places(bool[] zeros) => string.Join(' ', Enumerable.Range(0, zeros.Length).Where(i => zeros[i]));
}
