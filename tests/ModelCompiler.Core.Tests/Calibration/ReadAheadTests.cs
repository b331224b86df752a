using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Calibration;

public sealed class ReadAheadTests
{
    [Fact]
    public void GivesTheSameSamplesInTheSameOrder() =>
        ReadAhead.Of(Numbered(20), 3).Select(sample => sample.Name).ShouldBe(Numbered(20).Select(sample => sample.Name));

    [Fact]
    public void ThrowsWhatReadingThrowsInThePlaceOfTheSample()
    {
        var seen = new List<string>();

        var failure = Should.Throw<InvalidDataException>(() =>
        {
            foreach (var sample in ReadAhead.Of(Numbered(5).Concat(Broken()), 3))
                seen.Add(sample.Name);
        });

        failure.Message.ShouldBe("no sample");
        seen.ShouldBe(["0", "1", "2", "3", "4"]);
    }

    [Fact]
    public void SaysNothingOfSamplesThatNobodyAskedFor() =>
        ReadAhead.Of(Numbered(2).Concat(Broken()), 8).Take(2).Select(sample => sample.Name).ShouldBe(["0", "1"]);

    [Fact]
    public void StopsReadingWhenNobodyWaits()
    {
        var read = 0;

        ReadAhead.Of(Numbered(1000).Select(Count), 2).First().Name.ShouldBe("0");

        read.ShouldBeLessThanOrEqualTo(4); // the one that was taken, two that wait, and one in hand

        Sample Count(Sample sample)
        {
            read++;
            return sample;
        }
    }

    private static IEnumerable<Sample> Numbered(int count) =>
        Enumerable.Range(0, count).Select(i => new Sample($"{i}", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Scalar((float)i) }));

    private static IEnumerable<Sample> Broken() => Enumerable.Range(0, 1).Select<int, Sample>(_ => throw new InvalidDataException("no sample"));
}
