using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation;

public sealed class LatencyTests
{
    [Fact]
    public void APercentileNeedsSamples()
    {
        new Distribution(Enumerable.Range(1, 63).Select(i => (double)i)).P90.ShouldBeNull();
        new Distribution(Enumerable.Range(1, 101).Select(i => (double)i)).P90.ShouldBe(91);
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 4.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5)]
    public void TheMedianIsTheMiddle(double[] values, double median) => new Distribution(values).Median.ShouldBe(median);

    [Fact]
    public void EveryModelRunsEquallyOftenAndTheFirstIsItsOwnMeasure()
    {
        using var model = OrtModel.Load(Negation());
        var input = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Vector(1f, 2f) };
        using var first = model.Bind(input);
        using var second = model.Bind(input);

        var results = Latency.Compare([first, second], new LatencyOptions { MaxRounds = 70, Budget = TimeSpan.FromMinutes(1) });

        results.Select(result => result.Runs).ShouldBe([70, 70]);
        results[0].RatioToFirst.ShouldBe(1);
        results.ShouldAllBe(result => result.MedianUs > 0 && result.P90Us >= result.MedianUs);
    }

    [Fact]
    public void ALeastNumberOfRoundsRunsHoweverSmallTheBudget()
    {
        using var model = OrtModel.Load(Negation());
        using var run = model.Bind(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Vector(1f, 2f) });

        var result = Latency.Compare([run], new LatencyOptions { MinRounds = 7, Budget = TimeSpan.Zero }).ShouldHaveSingleItem();

        result.Runs.ShouldBe(7);
        result.P90Us.ShouldBeNull();
    }

    [Fact]
    public void TheProcessKnowsItsPeakMemory() => ProcessMemory.PeakBytes.ShouldNotBeNull().ShouldBeGreaterThan(10_000_000);

    private static Model Negation()
    {
        var builder = new GraphBuilder(17);
        return builder.Output(builder.Node("Neg", [builder.Input("x", ElementType.Float32, 2)]), "y").Model;
    }
}
