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
