using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Segmentations;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Segmentations;

public sealed class SegmentationMeterTests
{
    private static readonly ManifestOutput Scores = Output(ClassMapValues.Scores, ImageLayout.Nchw);

    [Fact]
    public void BothModelsAreComparedWithTheMask()
    {
        // Of four pixels of two classes the compiled model has one wrong: 2/3 and 1/2 instead of 1 and 1.
        var meter = new SegmentationMeter(Scores);
        meter.Add(Masked(2, 2, 0, 0, 1, 1), Map([1, 1, 0, 0], [0, 0, 1, 1]), Map([1, 1, 0, 1], [0, 0, 1, 0]));

        var accuracy = meter.Result().ShouldNotBeNull();

        (accuracy.Metric, accuracy.Original, accuracy.Samples, accuracy.IsAgreement).ShouldBe(("mIoU", 1, 1, false));
        accuracy.Compiled.ShouldBe(((2 / 3.0) + (1 / 2.0)) / 2, 1e-12);
        var beside = meter.Beside().ShouldHaveSingleItem();
        (beside.Name, beside.Original, beside.Compiled, beside.Samples).ShouldBe(("mIoU to the original", null, accuracy.Compiled, 1));
    }

    [Fact]
    public void WithoutMasksTheOriginalIsAllThereIsToCompareWith()
    {
        var meter = new SegmentationMeter(Scores);
        meter.Add(Sample(), Map([1, 1, 0, 0], [0, 0, 1, 1]), Map([1, 1, 0, 0], [0, 0, 1, 1]));

        meter.Result().ShouldBeNull();
        meter.Beside().ShouldHaveSingleItem().Compiled.ShouldBe(1);
    }

    [Fact]
    public void AMapThatIsCoarserThanTheMaskIsInterpolated()
    {
        // Two places, 0.9 and −0.1 for class 0 less class 1: at an eighth, three eighths, … of the width it is 0.9, 0.65, 0.15 and −0.1.
        var meter = new SegmentationMeter(Scores);
        var coarse = Outputs(Tensor.Of([0.9f, -0.1f, 0, 0], 1, 2, 1, 2));

        meter.Add(Masked(4, 1, 0, 0, 0, 1) with { Inputs = Image(width: 4, height: 1) }, coarse, coarse);

        meter.Result()!.Original.ShouldBe(1);
    }

    [Fact]
    public void PixelsThatWereCroppedAwayAreNotJudged()
    {
        // The picture is twice as wide as what the model saw: its left and its right quarter are no one's fault.
        var meter = new SegmentationMeter(Scores);
        var sample = Masked(4, 1, 1, 0, 1, 0) with { Inputs = Image(width: 2, height: 1), Picture = new Picture(4, 1, new ImageGeometry(1, 1, -1, 0)) };

        meter.Add(sample, Outputs(Tensor.Of([1f, 0, 0, 1], 1, 2, 1, 2)), Outputs(Tensor.Of([0f, 1, 1, 0], 1, 2, 1, 2)));

        (meter.Result()!.Original, meter.Result()!.Compiled).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData(ClassMapValues.Probability, ImageLayout.Nchw, new[] { 0.4f, 0.6f, float.NaN, 0.6f }, 0.5)]
    [InlineData(ClassMapValues.Indices, ImageLayout.Nchw, new[] { 0f, 1, 1.5f, 1 }, 0.5)]
    [InlineData(ClassMapValues.Logit, ImageLayout.Nhwc, new[] { -1f, 1, float.NaN, 1 }, 0.5)]
    public void WhatIsNoClassIsWrong(ClassMapValues values, ImageLayout layout, float[] answers, double expected)
    {
        // The mask is 0 1 0 1: class 0 has one of two pixels, class 1 both.
        var meter = new SegmentationMeter(Output(values, layout));
        var outputs = Outputs(layout == ImageLayout.Nchw ? Tensor.Of(answers, 1, 1, 2, 2) : Tensor.Of(answers, 1, 2, 2, 1));

        meter.Add(Masked(2, 2, 0, 1, 0, 1), outputs, outputs);

        meter.Result()!.Original.ShouldBe((expected + 1) / 2);
    }

    [Fact]
    public void AMaskOfAnotherSizeIsAnError()
    {
        var map = Map([1, 1, 0, 0], [0, 0, 1, 1]);

        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => new SegmentationMeter(Scores).Add(Masked(3, 1, 0, 0, 0), map, map))
            .Message.ShouldContain("'a.png' does not fit the model: a mask in it has 3x1 pixels, and the model's map 2x2");
        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => new SegmentationMeter(Scores).Add(Masked(2, 2, 0, 0, 0, 0) with { Picture = new Picture(4, 4, new ImageGeometry(1, 1, 0, 0)) }, map, map))
            .Message.ShouldContain("the mask has 2x2 pixels, and its picture 4x4");
    }

    [Fact]
    public void AClassThatTheModelDoesNotHaveIsAnError()
    {
        var map = Map([1, 1, 0, 0], [0, 0, 1, 1]);

        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => new SegmentationMeter(Scores).Add(Masked(2, 2, 0, 0, 2, ClassMask.Ignored), map, map))
            .Message.ShouldContain("a pixel is of class 2, but the model has 2 classes, 0 to 1");
    }

    [Fact]
    public void AnOutputThatIsNoMapIsPassedOver()
    {
        var meter = new SegmentationMeter(Scores);
        var outputs = Outputs(Tensor.Of([1f, 2], 2));

        meter.Add(Masked(2, 1, 0, 0), outputs, outputs);

        meter.Result().ShouldBeNull();
        meter.Beside().ShouldBeEmpty();
    }

    private static ManifestOutput Output(ClassMapValues values, ImageLayout layout) =>
        new(Tests.Calibration.Models.Tensor("y", ElementType.Float32, 1, 2, 2, 2), OutputKind.ClassMap) { ClassMap = new ClassMapFormat(values, layout) };

    private static Dictionary<string, Tensor> Map(float[] zero, float[] one) => Outputs(Tensor.Of([.. zero, .. one], 1, 2, 2, 2));

    private static Dictionary<string, Tensor> Outputs(Tensor map) => new(StringComparer.Ordinal) { ["y"] = map };

    private static Dictionary<string, Tensor> Image(int width, int height) => new(StringComparer.Ordinal) { ["x"] = Tensor.Of(new float[3 * width * height], 1, 3, height, width) };

    private static Sample Sample() => new("a.png", Image(2, 2));

    private static Sample Masked(int width, int height, params ushort[] classes) => Sample() with { Mask = new ClassMask("a.png", width, height, classes) };
}
