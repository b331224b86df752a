using ModelCompiler.Evaluation.Confidence;

namespace ModelCompiler.Tests.Evaluation.Confidence;

public sealed class AreaUnderRocTests
{
    // scikit-learn's example of roc_auc_score: y = [0, 0, 1, 1], scores [0.1, 0.4, 0.35, 0.8].
    [Fact]
    public void APublishedExample() => AreaUnderRoc.Of([0.35, 0.8], [0.1, 0.4]).Area.ShouldBe(0.75);

    [Fact]
    public void IsTheShareOfPairsInTheRightOrder()
    {
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            double[] positives = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(12) + 2.0)], negatives = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (double)random.Next(12))];
            var pairs = from positive in positives from negative in negatives select positive > negative ? 1 : positive < negative ? 0 : 0.5;

            AreaUnderRoc.Of(positives, negatives).Area.ShouldBe(pairs.Average(), 1e-12);
        }
    }

    // Hanley and McNeil 1982: 51 abnormal and 58 normal images, an area of 0.893 and a standard error of 0.032.
    [Fact]
    public void ThePublishedStandardError() => Math.Sqrt(new AreaUnderRoc(0.893, 51, 58).VarianceAt(0.893)).ShouldBe(0.032, 0.0005);

    [Theory]
    [InlineData(0.6, 20, 30)]
    [InlineData(0.97, 128, 48)]
    public void AtTheEndsTheEstimateIsAsFarAsChanceGoes(double area, int positives, int negatives)
    {
        var auc = new AreaUnderRoc(area, positives, negatives);
        var (low, high) = auc.Interval95;

        (area - low).ShouldBe(1.959964 * Math.Sqrt(auc.VarianceAt(low)), 1e-6);
        (high - area).ShouldBe(1.959964 * Math.Sqrt(auc.VarianceAt(high)), 1e-6);
        var mirrored = new AreaUnderRoc(1 - area, negatives, positives).Interval95;
        (mirrored.Low, mirrored.High).ShouldBe((1 - high, 1 - low), new Near());
    }

    [Fact]
    public void GroupsThatDoNotOverlapAreNotSureToBeApartForEver()
    {
        var (low, high) = AreaUnderRoc.Of([2, 3, 4, 5], [0, 1]).Interval95;

        high.ShouldBe(1, 1e-9);
        low.ShouldBeInRange(0.3, 0.9);
    }

    private sealed class Near : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 1e-9 && Math.Abs(x.Item2 - y.Item2) < 1e-9;

        public int GetHashCode((double, double) obj) => 0;
    }
}
