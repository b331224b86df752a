namespace ModelCompiler.Tests.Results;

public sealed class ClassificationOptionsTests
{
    private enum Animal
    {
        Cat,
        Dog,
        Bird,
    }

    private static readonly float[] Probabilities = [0.2f, 0.7f, 0.1f];

    [Fact]
    public void OnlyWhatIsSureEnoughIsFound()
    {
        Find(new() { LeastScore = 0.15f }).ShouldBe([Animal.Dog, Animal.Cat]);
        Find(new() { LeastScore = 0.15f, Top = 1 }).ShouldBe([Animal.Dog]);
        Find(new() { LeastScore = 0.71f }).ShouldBeEmpty();
        Find(new()).ShouldBe([Animal.Dog, Animal.Cat, Animal.Bird]);
    }

    [Fact]
    public void ListsLeaveClassesOut()
    {
        Find(new() { Allow = [Animal.Bird, Animal.Cat] }).ShouldBe([Animal.Cat, Animal.Bird]);
        Find(new() { Deny = [Animal.Dog, Animal.Dog] }).ShouldBe([Animal.Cat, Animal.Bird]);
        Find(new() { Allow = [Animal.Bird], Deny = [Animal.Dog] }).ShouldBe([Animal.Bird]);
        Find(new() { Deny = [Animal.Dog, Animal.Cat, Animal.Bird] }).ShouldBeEmpty();
    }

    [Fact]
    public void ScoresDoNotDependOnTheLists()
    {
        float[] logits = [1, 3, 2];
        var all = ClassScores.Top<Animal>(logits, 3, ScoreKind.Logits);

        ClassScores.Top(logits, new ClassificationOptions<Animal> { Allow = [Animal.Cat] }, ScoreKind.Logits).ShouldHaveSingleItem().Score.ShouldBe(all[2].Score);
    }

    [Fact]
    public void ListsThatDoNotFitSayWhy()
    {
        Should.Throw<ArgumentException>(() => Find(new() { Allow = [] })).Message.ShouldContain("Allow names no class");
        Should.Throw<ArgumentException>(() => Find(new() { Allow = [(Animal)3] })).Message.ShouldContain("Allow names the class 3, but the model has the classes 0 to 2");
        Should.Throw<ArgumentException>(() => Find(new() { Deny = [(Animal)(-1)] })).Message.ShouldContain("Deny names the class -1");
        Should.Throw<ArgumentException>(() => Find(new() { Allow = [Animal.Dog], Deny = [Animal.Dog] })).Message.ShouldContain("Dog is both allowed and denied");
        Should.Throw<ArgumentOutOfRangeException>(() => new ClassificationOptions<Animal> { Top = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ClassificationOptions<Animal> { LeastScore = float.NaN });
    }

    private static IEnumerable<Animal> Find(ClassificationOptions<Animal> options) => ClassScores.Top(Probabilities, options, ScoreKind.Probabilities).Select(found => found.Label);
}
