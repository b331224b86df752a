using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Memory;
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
    public void TheMedianLiesWithinItsInterval()
    {
        // By the binomial distribution itself, the 40th and 61st of 100 hold the median with 96.5 %, the 41st and 60th with 94.3 %.
        new Distribution(Enumerable.Range(1, 100).Select(i => (double)i)).MedianInterval.ShouldBe((40, 61));
        new Distribution([3, 1, 2]).MedianInterval.ShouldBe((1, 3));
        new Distribution([1]).MedianInterval.ShouldBe((1, 1));
    }

    [Fact]
    public void MeasuringEndsOnceTheRatiosAreKnown()
    {
        using var model = OrtModel.Load(Negation());
        using var run = model.Bind(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Vector(1f, 2f) });
        var options = new LatencyOptions { MaxRounds = 5000, Budget = TimeSpan.FromMinutes(1) };

        // A model alone has nothing to be compared with; what is left to know is the 90th percentile.
        Latency.Compare([run], options with { BudgetOnceSettled = TimeSpan.Zero }).Single().Runs.ShouldBe(Distribution.SamplesForP90);
        Latency.Compare([run], options with { BudgetOnceSettled = TimeSpan.Zero, MinRounds = 100 }).Single().Runs.ShouldBe(104);
        Latency.Compare([run], options with { MaxRounds = 200 }).Single().Runs.ShouldBe(200);
    }

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
