using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Quantize.Ranges;

public sealed class HistogramTests
{
    [Fact]
    public void CountsEachNumberInItsBinAndZerosApart()
    {
        var histogram = new Histogram();

        histogram.Add([-1, 0.5f, 1, 0, 0, 1]);

        histogram.Width.ShouldBe(1.0 / 2048);
        histogram.NonZeros.ShouldBe(4);
        histogram.Seen.ShouldBe(new ValueRange(-1, 1));
        (histogram.Counts[4096 - 2048], histogram.Counts[4096 + 1024], histogram.Counts[4096 + 2048]).ShouldBe((1, 1, 2));
    }

    [Fact]
    public void IsTheSameInWhateverOrderNumbersCome()
    {
        var random = new Random(1);
        float[][] samples = [.. Enumerable.Range(0, 12).Select(i => Enumerable.Range(0, 500).Select(_ => (float)((random.NextDouble() - 0.4) * Math.Pow(3, i - 6))).ToArray())];

        var (ascending, descending, atOnce) = (new Histogram(), new Histogram(), new Histogram());
        foreach (var sample in samples)
            ascending.Add(sample);
        foreach (var sample in samples.Reverse())
            descending.Add(sample);
        atOnce.Add([.. samples.SelectMany(sample => sample)]);

        ascending.Counts.SequenceEqual(descending.Counts).ShouldBeTrue();
        ascending.Counts.SequenceEqual(atOnce.Counts).ShouldBeTrue();
        (ascending.Width, ascending.NonZeros, ascending.Seen).ShouldBe((atOnce.Width, atOnce.NonZeros, atOnce.Seen));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e-3, 1)]
    [InlineData(1, 1e-3)]
    [InlineData(1e-30, 1e5)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void TakesInAnotherAsIfItHadSeenTheSame(float scale, float scaleOfOther)
    {
        float[] own = [.. Noise(1).Select(value => value * scale)];
        float[] others = [.. Noise(2).Select(value => value * scaleOfOther)];
        var (joined, other, atOnce) = (new Histogram(), new Histogram(), new Histogram());
        joined.Add(own);
        other.Add(others);
        atOnce.Add([.. own, .. others]);

        joined.Add(other);

        joined.Counts.SequenceEqual(atOnce.Counts).ShouldBeTrue();
        (joined.Width, joined.NonZeros, joined.Seen).ShouldBe((atOnce.Width, atOnce.NonZeros, atOnce.Seen));
    }

    [Fact]
    public void TakesNothingFromOneThatSawNothing()
    {
        var histogram = new Histogram();
        histogram.Add([1, 2]);

        histogram.Add(new Histogram());

        (histogram.NonZeros, histogram.Seen).ShouldBe((2, new ValueRange(1, 2)));
    }

    [Fact]
    public void UsesAtLeast2048BinsForTheWiderSide()
    {
        foreach (var greatest in (float[])[1e-30f, 0.99f, 1, 1.01f, 255, 3e38f])
        {
            var histogram = new Histogram();
            histogram.Add([greatest, -greatest / 2]);

            (greatest / histogram.Width).ShouldBeInRange(2048, 4096);
        }
    }

    [Fact]
    public void StopsCountingAtANumberThatIsNotFinite()
    {
        var histogram = new Histogram();
        histogram.Add([1, 2]);
        histogram.Add([1, float.NaN]);
        histogram.Add([3]);

        histogram.Seen!.Value.IsFinite.ShouldBeFalse();
        histogram.NonZeros.ShouldBe(2);
    }

    private static IEnumerable<float> Noise(int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, 501).Select(i => i % 7 == 0 ? 0 : (float)random.NextDouble() - 0.4f);
    }
}
