using ModelCompiler.Calibration;
using ModelCompiler.Evaluation;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation;

public sealed class Top1MeterTests
{
    [Fact]
    public void CountsWhereEachModelIsRight()
    {
        var meter = new Top1AccuracyMeter();
        meter.Add(Labelled(0), Best(0), Best(0));
        meter.Add(Labelled(1), Best(1), Best(2));
        meter.Add(Labelled(1), Best(1), Best(0));
        meter.Add(Labelled(2), Best(0), Best(2));
        meter.Add(Labelled(null), Best(0), Best(2));

        var accuracy = meter.Result().ShouldNotBeNull();

        (accuracy.Samples, accuracy.Original, accuracy.Compiled).ShouldBe((4, 0.75, 0.5));
        (accuracy.Lost, accuracy.Won, accuracy.Drop, accuracy.Loss).ShouldBe((2, 1, 0.25, 0.25));
        accuracy.Drop95.Low.ShouldBeLessThan(0.25);
        accuracy.Drop95.High.ShouldBeGreaterThan(0.25);
        accuracy.PValue.ShouldBe(1);
        accuracy.IsAgreement.ShouldBeFalse();
    }

    [Fact]
    public void CountsEachClassByItself()
    {
        var meter = new Top1AccuracyMeter();
        meter.Add(Labelled(2), Best(2), Best(0));
        meter.Add(Labelled(0), Best(0), Best(0));
        meter.Add(Labelled(2), Best(2), Best(2));
        meter.Add(Labelled(2), Best(1), Best(2));
        meter.Add(Labelled(2), Best(2), Best(1));

        var accuracy = meter.Result().ShouldNotBeNull();

        accuracy.Classes.ShouldBe([new ClassAccuracy(0, 1, 1, 1, 0), new ClassAccuracy(2, 4, 3, 2, 2)]);
        var two = accuracy.Classes[1];
        (two.Original, two.Compiled, two.Drop, two.Won).ShouldBe((0.75, 0.5, 0.25, 1));
        two.PValue.ShouldBe(1); // two lost and one won: (1 + 3) / 2^3, twice
        (accuracy.Samples, accuracy.Lost, accuracy.Won).ShouldBe((5, 2, 1));
    }

    [Fact]
    public void CountsEachSliceByItself()
    {
        var meter = new Top1AccuracyMeter();
        meter.Add(Labelled(0) with { Slice = "night" }, Best(0), Best(1));
        meter.Add(Labelled(1) with { Slice = "day" }, Best(1), Best(1));
        meter.Add(Labelled(2) with { Slice = "night" }, Best(2), Best(2));
        meter.Add(Labelled(2), Best(2), Best(2));
        meter.Add(Labelled(null) with { Slice = "dusk" }, Best(2), Best(2));

        meter.Result().ShouldNotBeNull().Slices.ShouldBe([new SliceAccuracy("day", 1, 1, 1, 0), new SliceAccuracy("night", 2, 2, 1, 1)]);
    }

    // 10 lost of 1000: the interval reaches b = 10.5, c = 0.5, n = 1002: 0.00998 + 1.96·√(11 − 100/1002)/1002 = 0.016439. To 0.015 are 0.005 more than the drop,
    // and 1000·(0.006439/0.005)² = 1658; to 0.011 it is 1000·6.439² = 41461.
    [Theory]
    [InlineData(0.015, 1700L)]
    [InlineData(0.011, 42000L)]
    [InlineData(0.01, null)]
    public void MoreSamplesShowASmallerDrop(double limit, long? samples) =>
        new Top1Accuracy(1000, 900, 890, 10).SamplesToShow(limit).ShouldBe(samples);

    [Fact]
    public void CountsWhereBothSayTheSameWithoutLabels()
    {
        var meter = new Top1AgreementMeter();
        meter.Add(Labelled(null), Best(0), Best(0));
        meter.Add(Labelled(null), Best(1), Best(2));
        meter.Add(Labelled(null), Best(2), Best(2));
        meter.Add(Labelled(null), Best(2), Best(2));

        var agreement = meter.Result().ShouldNotBeNull();

        (agreement.Samples, agreement.Original, agreement.Compiled, agreement.Loss).ShouldBe((4, 1, 0.75, 0.25));
        agreement.IsAgreement.ShouldBeTrue();
    }

    [Fact]
    public void NaNIsNobodysAnswer()
    {
        var nan = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["scores"] = Tensor.Of([float.NaN, 1, 2], 1, 3) };
        var accuracy = new Top1AccuracyMeter();
        var agreement = new Top1AgreementMeter();
        foreach (var metric in new IOutputMetric[] { accuracy, agreement })
        {
            metric.Add(Labelled(0), Best(0), nan);
            metric.Add(Labelled(0), nan, nan);
        }

        (accuracy.Result()!.Original, accuracy.Result()!.Compiled).ShouldBe((0.5, 0));
        (agreement.Result()!.Samples, agreement.Result()!.Compiled).ShouldBe((1, 0));
    }

    [Fact]
    public void SaysNothingWhereNoOutputLooksLikeScores()
    {
        var image = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["y"] = Tensor.Of(new float[12], 1, 3, 2, 2) };
        foreach (var metric in new IOutputMetric[] { new Top1AccuracyMeter(), new Top1AgreementMeter() })
        {
            metric.Add(Labelled(0), image, image);
            metric.Result().ShouldBeNull();
        }
    }

    private static Sample Labelled(int? label) => new("sample", new Dictionary<string, Tensor>(StringComparer.Ordinal)) { Label = label };

    private static Dictionary<string, Tensor> Best(int index)
    {
        var scores = new float[3];
        scores[index] = 1;
        return new(StringComparer.Ordinal) { ["scores"] = Tensor.Of(scores, 1, 3, 1, 1) };
    }
}
