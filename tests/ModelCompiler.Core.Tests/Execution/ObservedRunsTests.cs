using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Execution;

public sealed class ObservedRunsTests
{
    [Fact]
    public void ShowsEverySampleOnceAndInOrder()
    {
        using var observer = Negated(out var between);
        var seen = new List<(float Input, float Made)>();

        ObservedRuns.Show(observer, Numbered(50), values =>
        {
            var byName = values.ToDictionary(StringComparer.Ordinal);
            seen.Add((byName["x"].ToFloats()[0], byName[between].ToFloats()[0]));
        });

        seen.ShouldBe(Enumerable.Range(0, 50).Select(i => ((float)i, (float)-i)));
    }

    [Fact]
    public void LooksAtOneSampleAtATimeHoweverManyRunMeanwhile()
    {
        using var observer = Negated(out _);
        var looking = 0;
        var most = 0;

        ObservedRuns.Show(observer, Numbered(50), _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref looking));
            Interlocked.Decrement(ref looking);
        });

        most.ShouldBe(1);
    }

    [Fact]
    public void ThrowsWhatLookingThrows()
    {
        using var observer = Negated(out _);
        var looks = 0;

        Should.Throw<InvalidDataException>(() => ObservedRuns.Show(observer, Numbered(50), _ =>
        {
            if (++looks == 3)
                throw new InvalidDataException("seen enough");
        })).Message.ShouldBe("seen enough");

        looks.ShouldBe(3);
    }

    [Fact]
    public void ThrowsWhatReadingThrowsOnceTheSamplesBeforeAreSeen()
    {
        using var observer = Negated(out _);
        var looks = 0;

        Should.Throw<InvalidDataException>(() => ObservedRuns.Show(observer, Numbered(4).Concat(Broken()), _ => looks++));

        looks.ShouldBe(4);
    }

    [Fact]
    public void RefusesASampleThatTheModelCannotRun()
    {
        using var observer = Negated(out _);
        var tooLong = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Vector<float>(1, 2, 3) };

        Should.Throw<DiagnosticException>(() => ObservedRuns.Show(observer, [.. Numbered(2), tooLong], _ => { })).Diagnostic.Rule.ShouldBe(DiagnosticRules.RuntimeRefuses);
    }

    [Fact]
    public void ShowsNothingWithoutASample()
    {
        using var observer = Negated(out _);

        ObservedRuns.Show(observer, [], _ => throw new InvalidOperationException("There is nothing to see."));
    }

    private static ValueObserver Negated(out string between)
    {
        var builder = new GraphBuilder(17);
        var negated = builder.Node("Neg", [builder.Input("x", ElementType.Float32, 1)]);
        builder.Output(builder.Node("Relu", [negated]), "y");
        between = negated.Name;
        return ValueObserver.Of(builder.Model, [builder.Model.Graph.Inputs[0], negated]);
    }

    private static IEnumerable<IReadOnlyDictionary<string, Tensor>> Numbered(int count) =>
        Enumerable.Range(0, count).Select(i => new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Vector<float>(i) });

    private static IEnumerable<IReadOnlyDictionary<string, Tensor>> Broken() =>
        Enumerable.Range(0, 1).Select<int, IReadOnlyDictionary<string, Tensor>>(_ => throw new InvalidDataException("no sample"));
}
