using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Confidence;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Confidence;

public sealed class ReliabilityMeterTests
{
    [Fact]
    public void ReadsLogitsThroughSoftmaxAndTheTemperatureInUse()
    {
        var reliability = Measure(new ScoreOutput("y", OutputKind.Logits, 2), ([0, 2], [0, 4], 1), ([0, 2], [0, 4], 0)).ShouldNotBeNull();

        reliability.Compiled.Bins.Single(bin => bin.Samples > 0).Confidence.ShouldBe(1 / (1 + Math.Exp(-2)), 1e-6);
        reliability.Original.Bins.Single(bin => bin.Samples > 0).Confidence.ShouldBe(1 / (1 + Math.Exp(-1)), 1e-6);
        reliability.Original.NegativeLogLikelihood.ShouldBe((Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.Exp(1))) / 2, 1e-6);
        reliability.Original.ExpectedCalibrationError.ShouldBe((1 / (1 + Math.Exp(-1))) - 0.5, 1e-6);
    }

    // Eight bits may leave probabilities that do not sum to one, and a label at 0: the app shows them as they are, and one sample does not make the likelihood infinite.
    [Fact]
    public void ProbabilitiesAreWhatTheAppShows()
    {
        var reliability = Measure(new ScoreOutput("y", OutputKind.Probabilities), ([0.25f, 0.75f], [0, 0.7f], 0)).ShouldNotBeNull();

        reliability.Compiled.Bins.Single(bin => bin.Samples > 0).Confidence.ShouldBe(0.7, 1e-6);
        reliability.Compiled.NegativeLogLikelihood.ShouldBe(-Math.Log(1.1920929e-7), 1e-6);
        reliability.Original.NegativeLogLikelihood.ShouldBe(-Math.Log(0.25), 1e-6);
    }

    [Fact]
    public void UnknownScoresCountOnlyIfTheySumToOne()
    {
        Measure(null, ([0.25f, 0.75f], [0.5f, 0.5f], 0)).ShouldNotBeNull().Scores.ShouldBe(new ScoreOutput("y", OutputKind.Probabilities));
        Measure(null, ([1, 3], [1, 3], 0)).ShouldBeNull();
    }

    [Fact]
    public void AnswersThatAreNoNumbersArePassedOver() =>
        Measure(new ScoreOutput("y", OutputKind.Logits), ([0, 2], [float.NaN, 0], 1), ([0, 2], [0, 2], 1)).ShouldNotBeNull().Compiled.Samples.ShouldBe(1);

    private static Reliability? Measure(ScoreOutput? scores, params (float[] Original, float[] Compiled, int Label)[] samples)
    {
        var meter = new Top1AccuracyMeter(scores);
        foreach (var (original, compiled, label) in samples)
            meter.Add(new Sample("s", new Dictionary<string, Tensor>(StringComparer.Ordinal)) { Label = label }, Row(original), Row(compiled));
        return meter.Result()!.Reliability;
    }

    private static Dictionary<string, Tensor> Row(float[] scores) => new(StringComparer.Ordinal) { ["y"] = Tensor.Of(scores, 1, scores.Length) };
}
