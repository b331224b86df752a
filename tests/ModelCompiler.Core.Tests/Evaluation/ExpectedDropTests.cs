using ModelCompiler.Evaluation;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation;

public sealed class ExpectedDropTests
{
    [Fact]
    public void CountsNothingWhereAnswersStay() => Drop([0.5f, 0.45f, 0.05f], [0.48f, 0.47f, 0.05f]).ShouldBe(0);

    [Fact]
    public void CountsTheDifferenceOfProbabilities() => Drop([0.5f, 0.45f, 0.05f], [0.45f, 0.5f, 0.05f]).ShouldBe(0.05, 1e-6);

    /// <summary>softmax(2, 1) = (0.7311, 0.2689).</summary>
    [Fact]
    public void ReadsLogitsThroughASoftmax() => Drop([2f, 1f], [1f, 2f]).ShouldBe(0.4621, 1e-4);

    [Fact]
    public void IsTheMeanOverSamples()
    {
        var meter = new FidelityMeter();
        Add(meter, [0.6f, 0.4f], [0.4f, 0.6f]);
        Add(meter, [0.9f, 0.1f], [0.9f, 0.1f]);

        meter.Result().ExpectedTop1Drop!.Value.ShouldBe(0.1, 1e-6);
        meter.Result().Top1Agreement.ShouldBe(0.5);
    }

    private static double Drop(float[] original, float[] compiled)
    {
        var meter = new FidelityMeter();
        Add(meter, original, compiled);
        return meter.Result().ExpectedTop1Drop!.Value;
    }

    private static void Add(FidelityMeter meter, float[] original, float[] compiled) => meter.Add(Scores(original), Scores(compiled));

    private static Dictionary<string, Tensor> Scores(float[] scores) => new(StringComparer.Ordinal) { ["y"] = Tensor.Of(scores, 1, scores.Length) };
}
