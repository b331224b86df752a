using ModelCompiler.Contract;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Quantize.Ranges;

public sealed class RangeRuleTests
{
    /// <summary>0 … 3, so that a case fits on paper.</summary>
    private static readonly IntegerFormat TwoBits = new(ElementType.UInt8, 0, 3, IsSymmetric: false);

    [Fact]
    public void PercentileClipsTheSameShareAtEachEnd()
    {
        var histogram = Of(Enumerable.Range(-2000, 10_001).Select(number => (float)number)); // −2000 … 8000

        var range = new PercentileRange(99).RangeOf(histogram);

        range.Min.ShouldBe(-1900, histogram.Width);
        range.Max.ShouldBe(7900, histogram.Width);
    }

    [Fact]
    public void ThePercentileOfAllNumbersIsTheWholeRange() =>
        new PercentileRange(100).RangeOf(Of([-3, 1, 2, 7])).ShouldBe(new ValueRange(-3, 7));

    [Fact]
    public void PercentileDoesNotLoseAValueThatIsNearlyAlwaysZero() =>
        new PercentileRange(99.99).RangeOf(Of(Enumerable.Repeat(0f, 1_000_000).Append(5))).ShouldBe(new ValueRange(5, 5));

    /// <summary>
    /// 100 each of 1, 2 and 3, and one 6. Integers that reach 6 are 2 apart and miss 1 and 3 by 1: error 200. Those that reach 3 miss only the 6: error 9.
    /// In between, with a step of 1 + d, it is 1400·d² + 9·(1 − d)², which is least at d = 0.0064: a range up to 3.02.
    /// </summary>
    [Fact]
    public void MseClipsTheRareForTheSakeOfTheFrequent()
    {
        var histogram = Of([.. Repeat(1, 100), .. Repeat(2, 100), .. Repeat(3, 100), 6]);

        var range = new MseRange(TwoBits).RangeOf(histogram);

        range.Min.ShouldBe(0);
        range.Max.ShouldBe(3.02, tolerance: 0.025);
    }

    [Fact]
    public void MseClipsLessWhereClippingCountsMore()
    {
        float[] values = [.. Enumerable.Range(0, 4000).Select(i => (i % 1000) / 1000f), 3, 3, 3];

        var wide = new MseRange(IntegerFormat.UInt8) { ClippingWeight = 1e6 }.RangeOf(Of(values));

        new MseRange(IntegerFormat.UInt8).RangeOf(Of(values)).Max.ShouldBeLessThan(3);
        wide.Max.ShouldBe(3, 0.02);
    }

    [Fact]
    public void MseClipsEachEndOnItsOwn()
    {
        var histogram = Of([.. Normal(1, 50_000).Select(Math.Abs), .. Normal(2, 50_000).Select(number => -Math.Abs(number) / 10), -8]);

        var range = new MseRange(new IntegerFormat(ElementType.UInt8, 0, 15, IsSymmetric: false)).RangeOf(histogram);

        range.Min.ShouldBeInRange(-1, -0.1);
        range.Max.ShouldBeInRange(2, 3.5);
    }

    [Fact]
    public void NoPairOfEndsHasALesserSquaredErrorThanMse()
    {
        float[] values = [.. Normal(3, 20_000).Select(number => number > 0 ? number : number / 4), 9, -3, 12];

        var least = SquaredError(values, new MseRange(IntegerFormat.UInt8).RangeOf(Of(values)));

        for (var low = 1; low <= 12; low++)
        {
            for (var high = 1; high <= 12; high++)
                least.ShouldBeLessThanOrEqualTo(SquaredError(values, new(-3.0 * low / 12, high)) * 1.01);
        }
    }

    /// <summary>
    /// Eight 1.01, two 1.25, one 4. Integers that reach 4 take 1.01 and 1.25 for the same: (8·ln 8/5 + 2·ln 2/5) / 11 = 0.175. Those that tell them apart have steps
    /// from 0.41 to 0.5, and what they clip costs 2·ln 2 / 11 + ln 10/11 = 0.031. The widest of these reaches 3·0.5.
    /// </summary>
    [Fact]
    public void EntropyClipsWhatTellsLessThanTheRest()
    {
        var range = new EntropyRange(TwoBits).RangeOf(Of([.. Repeat(1.01f, 8), .. Repeat(1.25f, 2), 4]));

        range.ShouldBe(new ValueRange(0, 1.5));
    }

    /// <summary>
    /// Clipping one number in n to a range of r makes an error of r²/n; what it gains is less than the rounding of all, (r/65536)²/12 each: 16 bits are too fine
    /// to be made finer by clipping.
    /// </summary>
    [Fact]
    public void WithSixteenBitsNothingIsClipped()
    {
        var histogram = Of([.. Normal(5, 100_000), 40, -3]);

        new MseRange(IntegerFormat.UInt16).RangeOf(histogram).ShouldBe(histogram.Seen!.Value);
        new EntropyRange(IntegerFormat.UInt16).RangeOf(histogram).ShouldBe(histogram.Seen!.Value);
    }

    /// <summary>
    /// One 12 among 50,000 small numbers. A range up to t costs (12 − t)²/50,000 for the 12 and (t/n)²/12 for rounding to n steps, which is least at
    /// t = 12 / (1 + 50,000/(12·n²)): 9.5 for the 127 steps above 0 of a symmetric format, 11.3 for all 255.
    /// </summary>
    [Fact]
    public void MseCountsWithTheIntegersOfTheFormat()
    {
        var histogram = Of([.. Normal(6, 50_000).Select(Math.Abs), 12]);

        new MseRange(IntegerFormat.Symmetric(8)).RangeOf(histogram).Max.ShouldBe(9.5, tolerance: 0.3);
        new MseRange(IntegerFormat.UInt8).RangeOf(histogram).Max.ShouldBe(11.3, tolerance: 0.3);
    }

    [Fact]
    public void EntropyClipsNothingOfAnEvenDistribution()
    {
        var range = new EntropyRange(IntegerFormat.UInt8).RangeOf(Of(Enumerable.Range(0, 4095).Select(i => (i + 0.5f) / 4096)));

        range.Max.ShouldBe(4094.5 / 4096, tolerance: 1e-9);
    }

    [Fact]
    public void EntropyFindsTheThresholdThatTheDefinitionGives()
    {
        var histogram = Of([.. Normal(4, 100_000).Select(Math.Abs), 11, 12]);

        var range = new EntropyRange(IntegerFormat.UInt8).RangeOf(histogram);

        var expected = Enumerable.Range(32, 225).Reverse().MinBy(step => DivergenceByDefinition(histogram, 12.0 * step / 256));
        range.Max.ShouldBe(12.0 * expected / 256);
        range.Max.ShouldBeLessThan(8);
    }

    /// <summary>P and Q written out bin by bin, for numbers that are not negative.</summary>
    private static double DivergenceByDefinition(Histogram histogram, double max)
    {
        var scale = QuantizationParameters.Covering(new(0, max), IntegerFormat.UInt8).Scale;
        var all = histogram.Counts[Histogram.BinsPerSide..].ToArray();
        int IntegerOf(int bin) => (int)Math.Floor(((bin + 0.5) * histogram.Width / scale) + 0.5);
        var bins = Enumerable.Range(0, all.Length).TakeWhile(bin => IntegerOf(bin) <= 255).ToArray();

        var p = bins.Select(bin => (double)all[bin]).ToArray();
        p[^1] += all[bins.Length..].Sum();
        var q = new double[bins.Length];
        foreach (var integer in bins.GroupBy(IntegerOf))
        {
            var filled = integer.Where(bin => p[bin] > 0).ToArray();
            foreach (var bin in filled)
                q[bin] = integer.Sum(one => (double)all[one]) / filled.Length;
        }

        var (ofP, ofQ) = (p.Sum(), q.Sum());
        return bins.Where(bin => p[bin] > 0).Sum(bin => p[bin] / ofP * Math.Log(p[bin] / ofP / (q[bin] / ofQ)));
    }

    private static double SquaredError(float[] values, ValueRange range)
    {
        var parameters = QuantizationParameters.Covering(range, IntegerFormat.UInt8);
        return values.Zip(parameters.Quantize(values), (value, integer) => Math.Pow(value - ((integer - parameters.ZeroPoint) * (double)parameters.Scale), 2)).Sum();
    }

    private static Histogram Of(IEnumerable<float> values)
    {
        var histogram = new Histogram();
        histogram.Add([.. values]);
        return histogram;
    }

    private static IEnumerable<float> Repeat(float value, int count) => Enumerable.Repeat(value, count);

    private static IEnumerable<float> Normal(int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))).ToArray();
    }
}
