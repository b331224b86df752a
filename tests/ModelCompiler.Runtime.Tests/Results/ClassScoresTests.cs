namespace ModelCompiler.Tests.Results;

public class ClassScoresTests
{
    private enum Animal
    {
        Cat,
        Dog,
        Bird,
    }

    [Fact]
    public void TheBestClassHasTheHighestValue()
    {
        var best = ClassScores.Best<Animal>([0.1f, 0.7f, 0.2f], ScoreKind.Probabilities);

        best.ShouldBe(new Classification<Animal>(Animal.Dog, 0.7f, 1));
        best.ToString().ShouldBe("Dog (70.0 %)");
    }

    [Fact]
    public void LogitsBecomeProbabilities()
    {
        float[] logits = [1, 3, 2];
        var expected = Math.Exp(3) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(3));

        ClassScores.Best<Animal>(logits, ScoreKind.Logits).Score.ShouldBe((float)expected, 1e-6f);
        ClassScores.Top<Animal>(logits, 1, ScoreKind.Logits)[0].Score.ShouldBe((float)expected, 1e-6f);
    }

    [Fact]
    public void HugeLogitsDoNotOverflow()
    {
        var top = ClassScores.Top<Animal>([1e30f, -1e30f, 1e30f], 3, ScoreKind.Logits);

        top.Select(entry => entry.Score).ShouldBe([0.5f, 0.5f, 0f]);
        ClassScores.Best<Animal>([1e30f, -1e30f, 1e30f], ScoreKind.Logits).Score.ShouldBe(0.5f);
    }

    // ln 2 / 0.5 = ln 4 and ln 2 / 2 = ln √2, against 1 each time.
    [Theory]
    [InlineData(1f, 2.0 / 3)]
    [InlineData(0.5f, 4.0 / 5)]
    [InlineData(2f, 1.41421356 / 2.41421356)]
    public void ATemperatureDividesLogits(float temperature, double expected)
    {
        float[] logits = [0, MathF.Log(2)], probabilities = [1 / 3f, 2 / 3f];
        foreach (var (values, kind) in new[] { (logits, ScoreKind.Logits), (probabilities, ScoreKind.Probabilities) })
        {
            ClassScores.Best<int>(values, kind, temperature).Score.ShouldBe((float)expected, 1e-6f);
            ClassScores.Top<int>(values, 2, kind, temperature).Select(entry => entry.Score).ShouldBe([(float)expected, 1 - (float)expected], 1e-6);
        }
    }

    [Fact]
    public void ATemperatureChangesNoAnswer()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var values = Enumerable.Range(0, 20).Select(_ => random.NextSingle() * 10).ToArray();
            foreach (var temperature in new[] { 0.5f, 1, 3 })
                ClassScores.Top<int>(values, 5, ScoreKind.Logits, temperature).Select(entry => entry.Index).ShouldBe(ClassScores.Top<int>(values, 5, ScoreKind.Raw).Select(entry => entry.Index));
        }
    }

    [Fact]
    public void RawScoresHaveNoTemperature() => ClassScores.Best<int>([1, 3], ScoreKind.Raw, 2).Score.ShouldBe(3);

    [Fact]
    public void ProbabilitiesThatRoundingLeftAt0AndBelowStayNumbers()
    {
        ClassScores.Top<int>([0.5f, -0.001f, 0, 0.5f], 4, ScoreKind.Probabilities, 2).Select(entry => entry.Score).ShouldBe([0.5f, 0.5f, 0, 0]);
        ClassScores.Top<int>([0, 0], 2, ScoreKind.Probabilities, 2).ShouldAllBe(entry => entry.Score == 0);
        ClassScores.Best<int>([0, 0], ScoreKind.Probabilities, 2).Score.ShouldBe(0);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ATemperatureIsAPositiveNumber(float temperature) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ClassScores.Best<int>([1, 2], ScoreKind.Logits, temperature));

    [Fact]
    public void TopIsSortedAndTiesKeepTheirOrder()
    {
        var top = ClassScores.Top<int>([0.2f, 0.3f, 0.2f, 0.3f], 3, ScoreKind.Raw);

        top.Select(entry => entry.Index).ShouldBe([1, 3, 0]);
        top.Select(entry => entry.Label).ShouldBe([1, 3, 0]);
    }

    [Fact]
    public void TopAgreesWithSortingForRandomValues()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 2000)).Select(_ => random.NextSingle()).ToArray();
            var expected = Enumerable.Range(0, values.Length).OrderByDescending(index => values[index]).Take(5);

            ClassScores.Top<int>(values, 5, ScoreKind.Probabilities).Select(entry => entry.Index).ShouldBe(expected);
        }
    }

    [Fact]
    public void TopGivesNoMoreThanThereAre() => ClassScores.Top<int>([1, 2], 10, ScoreKind.Raw).Count.ShouldBe(2);

    [Fact]
    public void NoValuesAndNoCountAreRefused()
    {
        Should.Throw<ArgumentException>(() => ClassScores.Best<int>([], ScoreKind.Raw));
        Should.Throw<ArgumentOutOfRangeException>(() => ClassScores.Top<int>([1], 0, ScoreKind.Raw));
    }

    [Fact]
    public void ALabelOfAnotherWidthIsRefused() =>
        Should.Throw<ArgumentException>(() => ClassScores.Best<byte>([1], ScoreKind.Raw)).Message.ShouldContain("enum over int");
}
