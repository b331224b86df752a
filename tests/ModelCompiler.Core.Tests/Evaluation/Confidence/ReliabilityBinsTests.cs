using ModelCompiler.Evaluation.Confidence;

namespace ModelCompiler.Tests.Evaluation.Confidence;

public sealed class ReliabilityBinsTests
{
    // (4·|3/4 − 0.95| + 4·|1/4 − 0.55| + 2·|0 − 0.15|) / 10 = (0.8 + 1.2 + 0.3) / 10.
    [Fact]
    public void TheErrorIsTheWeightedDistanceOfConfidenceAndAccuracy()
    {
        var curve = Curve((0.95, true), (0.95, true), (0.95, true), (0.95, false), (0.55, true), (0.55, false), (0.55, false), (0.55, false), (0.15, false), (0.15, false));

        curve.Samples.ShouldBe(10);
        curve.ExpectedCalibrationError.ShouldBe(0.23, 1e-12);
        curve.Bins.Count.ShouldBe(15);
        curve.Bins.Index().Where(bin => bin.Item.Samples > 0).Select(bin => bin.Index).ShouldBe([2, 8, 14]);
        (curve.Bins[14].Samples, curve.Bins[14].Accuracy).ShouldBe((4, 0.75));
        curve.Bins[14].Confidence.ShouldBe(0.95, 1e-12);
        curve.Bins[3].ShouldBe(new ReliabilityBin(0, 0, 0));
    }

    // The example of torchmetrics' multiclass_calibration_error: rows whose best classes have 0.55, 0.55, 0.6 and 0.9, of which the last two are right; 0.2000.
    [Fact]
    public void APublishedExample() => Curve((0.55, false), (0.55, false), (0.6, true), (0.9, true)).ExpectedCalibrationError.ShouldBe(0.2, 1e-12);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2, 2)]
    [InlineData(0.2000001, 3)]
    [InlineData(1, 14)]
    public void AConfidenceBelongsToTheBinWhoseUpperEndItReaches(double confidence, int bin) => Curve((confidence, true)).Bins[bin].Samples.ShouldBe(1);

    [Fact]
    public void TheLikelihoodIsTheMean()
    {
        var bins = new ReliabilityBins();
        bins.Add(0.5, true, 1);
        bins.Add(0.5, true, 2);

        bins.Result().NegativeLogLikelihood.ShouldBe(1.5);
    }

    private static ReliabilityCurve Curve(params (double Confidence, bool IsRight)[] answers)
    {
        var bins = new ReliabilityBins();
        foreach (var (confidence, isRight) in answers)
            bins.Add(confidence, isRight, 0);
        return bins.Result();
    }
}
