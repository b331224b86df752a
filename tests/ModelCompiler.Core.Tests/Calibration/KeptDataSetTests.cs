using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Calibration;

public sealed class KeptDataSetTests
{
    private const int SampleBytes = 50 * sizeof(float);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public void GivesTheSamplesOfTheOther(int samplesThatFit)
    {
        var kept = new KeptDataSet(Source(), samplesThatFit * SampleBytes);

        foreach (var limit in (int[])[3, 8, 8, 1, 5])
            kept.Samples(limit).Select(sample => sample.Inputs["x"].ToFloats()).ShouldBe(Source().Samples(limit).Select(sample => sample.Inputs["x"].ToFloats()));
    }

    [Fact]
    public void ReadsAgainOnlyWhatDidNotFit()
    {
        var kept = new KeptDataSet(Source(), 3 * SampleBytes);
        var (first, second) = (kept.Samples().ToArray(), kept.Samples().ToArray());

        Enumerable.Range(0, first.Length).Count(i => ReferenceEquals(first[i], second[i])).ShouldBe(3);
    }

    private static SyntheticDataSet Source() => new(Models.Of(Models.Tensor("x", ElementType.Float32, 1, 50)), 8);
}
