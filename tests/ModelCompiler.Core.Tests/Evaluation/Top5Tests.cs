using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation;

public sealed class Top5Tests
{
    [Fact]
    public void TheLabelMayBeAmongTheBestFive()
    {
        var meter = new Top1AccuracyMeter();
        meter.Add(Labelled(4), Scores(7, 6, 5, 4, 3, 2), Scores(7, 6, 5, 4, 2, 3));
        meter.Add(Labelled(5), Scores(1, 1, 1, 1, 1, 1), Scores(1, 1, 1, 1, 0, 1));   // of equal ones the first come first
        meter.Add(Labelled(0), Scores(1, 0, 0, 0, 0, 0), Scores(1, 0, 0, 0, 0, float.NaN));

        var top5 = meter.Beside().ShouldHaveSingleItem();

        (top5.Name, top5.Samples).ShouldBe(("top5", 3));
        top5.Original!.Value.ShouldBe(2 / 3.0, 1e-12);
        top5.Compiled.ShouldBe(1 / 3.0, 1e-12);
        top5.PValue.ShouldBe(1);
    }

    [Fact]
    public void RandomScoresAreRankedAsSortingRanksThem()
    {
        var random = new Random(8);
        var meter = new Top1AccuracyMeter();
        var right = 0;
        for (var i = 0; i < 200; i++)
        {
            float[] scores = [.. Enumerable.Range(0, 12).Select(_ => random.Next(20) / 20f)];
            var label = random.Next(12);
            right += scores.Index().OrderByDescending(pair => pair.Item).ThenBy(pair => pair.Index).Take(5).Any(pair => pair.Index == label) ? 1 : 0;
            meter.Add(Labelled(label), Scores(scores), Scores(scores));
        }

        meter.Beside().Single().Compiled.ShouldBe(right / 200.0);
    }

    [Fact]
    public void FiveClassesAreAlwaysAmongTheBestFive()
    {
        var meter = new Top1AccuracyMeter();
        meter.Add(Labelled(4), Scores(7, 6, 5, 4, 3), Scores(7, 6, 5, 4, 2));

        meter.Result().ShouldNotBeNull();
        meter.Beside().ShouldBeEmpty();
    }

    [Fact]
    public void WithoutLabelsTheAnswersThatStayAreTold()
    {
        var meter = new Top1AccuracyMeter();
        meter.Add(Labelled(null), Scores(1, 0), Scores(1, 0));
        meter.Add(Labelled(null), Scores(1, 0), Scores(0, 1));

        var agreement = meter.Beside().ShouldHaveSingleItem();

        (agreement.Name, agreement.Original, agreement.Compiled, agreement.Samples).ShouldBe(("top-1 agreement", null, 0.5, 2));
    }

    [Fact]
    public void ALabelThatTheModelDoesNotHaveIsAnError()
    {
        var meter = new Top1AccuracyMeter();
        meter.Add(Labelled(1), Scores(1, 0), Scores(1, 0));

        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => meter.Add(Labelled(2), Scores(1, 0), Scores(1, 0)))
            .Message.ShouldContain("'photo' does not fit the model: its label is class 2, but the model has 2 classes, 0 to 1");
    }

    private static Sample Labelled(int? label) => new("photo", new Dictionary<string, Tensor>(StringComparer.Ordinal)) { Label = label };

    private static Dictionary<string, Tensor> Scores(params float[] scores) => new(StringComparer.Ordinal) { ["y"] = Tensor.Of(scores, 1, scores.Length) };
}
