using ModelCompiler.Evaluation;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation;

public sealed class AccuracyMeterTests
{
    [Fact]
    public void CountsWhereEachModelIsRight()
    {
        var meter = new AccuracyMeter();
        meter.Add(0, Best(0), Best(0));
        meter.Add(1, Best(1), Best(2));
        meter.Add(1, Best(1), Best(0));
        meter.Add(2, Best(0), Best(2));

        var accuracy = meter.Result().ShouldNotBeNull();

        (accuracy.Samples, accuracy.Original, accuracy.Compiled).ShouldBe((4, 0.75, 0.5));
        (accuracy.Lost, accuracy.Won, accuracy.Drop).ShouldBe((2, 1, 0.25));
        accuracy.Drop95.Low.ShouldBeLessThan(0.25);
        accuracy.Drop95.High.ShouldBeGreaterThan(0.25);
        accuracy.PValue.ShouldBe(1);
    }

    [Fact]
    public void SaysNothingWhereNoOutputLooksLikeScores()
    {
        var meter = new AccuracyMeter();
        var image = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["y"] = Tensor.Of(new float[12], 1, 3, 2, 2) };
        meter.Add(0, image, image);

        meter.Result().ShouldBeNull();
    }

    private static Dictionary<string, Tensor> Best(int index)
    {
        var scores = new float[3];
        scores[index] = 1;
        return new(StringComparer.Ordinal) { ["scores"] = Tensor.Of(scores, 1, 3, 1, 1) };
    }
}
