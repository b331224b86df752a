using ModelCompiler.Evaluation;

namespace ModelCompiler.Tests.Evaluation;

public sealed class PairedMeansTests
{
    [Fact]
    public void TheIntervalOfAMeanIsNearlyStudents()
    {
        var random = new Random(5);
        var means = new PairedMeans();
        var differences = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            var (hard, noise) = (random.NextDouble() * 10, random.NextDouble() - 0.3);
            means.Add(hard, hard + noise);
            differences.Add(noise);
        }

        var measured = Measurement.Of("error", MeasureUnit.Target, higherIsBetter: false, means.Figure());

        var mean = differences.Average();
        var reach = 1.972 * Math.Sqrt(differences.Sum(value => (value - mean) * (value - mean)) / 199 / 200);   // t with 199 degrees of freedom
        measured.Change!.Value.ShouldBe(mean, 1e-9);
        measured.Change95!.Value.Low.ShouldBe(mean - reach, reach * 0.15);
        measured.Change95!.Value.High.ShouldBe(mean + reach, reach * 0.15);
        (measured.Compiled95!.Value.High - measured.Compiled95!.Value.Low).ShouldBeGreaterThan(5 * reach, "what is hard for both widens only the intervals of each");
    }

    [Fact]
    public void EqualModelsHaveNoChangeAndNoInterval()
    {
        var means = new PairedMeans();
        for (var i = 0; i < 20; i++)
            means.Add(i, i);

        var measured = Measurement.Of("error", MeasureUnit.Target, higherIsBetter: false, means.Figure());

        (measured.Change, measured.Change95, means.RandomizationTest()).ShouldBe((0, (0, 0), 1));
    }

    [Fact]
    public void TheTestCountsAssignmentsThatDifferAsMuch()
    {
        // Of 2^6 assignments of six equal differences, the two where all have the same sign: p = 2/64.
        var means = new PairedMeans();
        for (var i = 0; i < 6; i++)
            means.Add(0, 0.1);

        means.RandomizationTest().ShouldBe(2 / 64.0, 0.012);
    }

    [Fact]
    public void OfAFewSamplesThereIsNoInterval()
    {
        var means = new PairedMeans();
        means.Add(1, 2);

        Measurement.Of("error", MeasureUnit.Target, higherIsBetter: false, means.Figure()).Change95.ShouldBeNull();
    }

    // Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void AProportionHasThePublishedInterval(int correct, int n, double low, double high)
    {
        var interval = PairedProportions.Wilson95(correct, n);

        (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)).ShouldBe((low, high));
    }
}
