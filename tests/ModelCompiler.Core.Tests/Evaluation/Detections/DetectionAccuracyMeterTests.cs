using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Detections;

public sealed class DetectionAccuracyMeterTests
{
    private static readonly DetectionReader Reader =
        new(new AnchorOutput("boxes", IsColumnsFirst: false), new AnchorOutput("scores", IsColumnsFirst: true), new DetectionHead { Boxes = BoxForm.Corners });

    [Fact]
    public void BoxesAreComparedInThePicturesPixels()
    {
        // A picture of 200×100 in an input of 100×100: half the size, 25 pixels of bar above.
        var meter = new DetectionAccuracyMeter(Reader);
        var photo = Photo(new LabelledBox(1, new BoundingBox(20, 20, 60, 60)));
        meter.Add(photo, Outputs([10, 35, 30, 55], 0.9f), Outputs([20, 20, 60, 60], 0.9f));

        var accuracy = meter.Result().ShouldNotBeNull();

        (accuracy.Metric, accuracy.Original, accuracy.Compiled, accuracy.Drop, accuracy.Loss, accuracy.Samples).ShouldBe(("AP50", 1, 0, 1, 1, 1));
        accuracy.IsAgreement.ShouldBeFalse();
        accuracy.Compiled95.ShouldBe((0, 0));
    }

    [Fact]
    public void ABetterModelHasANegativeDropAndNoLoss()
    {
        var meter = new DetectionAccuracyMeter(Reader);
        meter.Add(Photo(new LabelledBox(1, new BoundingBox(20, 20, 60, 60))), Outputs([20, 20, 60, 60], 0.9f), Outputs([10, 35, 30, 55], 0.9f));

        (meter.Result()!.Drop, meter.Result()!.Loss).ShouldBe((-1, 0));
    }

    [Fact]
    public void SamplesWithoutBoxesAreNotJudged()
    {
        var meter = new DetectionAccuracyMeter(Reader);
        meter.Add(Photo() with { Boxes = null }, Outputs([0, 0, 9, 9], 0.9f), Outputs([0, 0, 9, 9], 0.9f));
        meter.Result().ShouldBeNull();

        meter.Add(Photo(), Outputs([0, 0, 9, 9], 0.9f), Outputs([0, 0, 9, 9], 0.9f));
        meter.Result().ShouldBeNull("no picture has an object");
    }

    [Fact]
    public void ABoxOfAClassThatTheModelDoesNotHaveIsAnError()
    {
        var outputs = Outputs([0, 0, 9, 9], 0.9f);

        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => new DetectionAccuracyMeter(Reader).Add(Photo(new LabelledBox(2, new BoundingBox(0, 0, 9, 9))), outputs, outputs))
            .Message.ShouldContain("a box is of class 2, but the model has 2 classes, 0 to 1");
    }

    [Fact]
    public void TheReportHasAllOfItsFigures()
    {
        var meter = new DetectionAccuracyMeter(Reader);
        for (var i = 0; i < 10; i++)
            meter.Add(Photo(new LabelledBox(1, new BoundingBox(20, 20, 60, 60))), Outputs([10, 35, 30, 55], 0.9f), Outputs(i < 5 ? [10, 35, 30, 55] : [60, 60, 90, 90], 0.9f));
        var accuracy = meter.Result()!;

        var facts = ModelCompiler.Evaluation.Reports.AccuracyFacts.Of(accuracy);

        (facts.Metric, facts.Original, facts.Samples, facts.PValue).ShouldBe(("AP50", 1, 10, null));
        facts.Drop.ShouldBe(accuracy.Drop);
        facts.Ci95!.Length.ShouldBe(2);
        facts.Ci95[0].ShouldBeLessThan(accuracy.Drop);
        facts.Ci95[1].ShouldBeGreaterThan(accuracy.Drop);
        facts.CompiledCi95![0].ShouldBeLessThan(accuracy.Compiled);
    }

    [Fact]
    public void TheMetricFollowsTheModelAndItsData()
    {
        using var folder = new TestFolder();
        folder.Write("a.png", Tests.Calibration.TestPng.OfColor(8, 8, 1, 2, 3));
        var image = Tests.Calibration.Models.Image(Tests.Calibration.Models.Rgb, 1, 3, 8, 8) with
        {
            Detections = [new ManifestOutput(Tests.Calibration.Models.Tensor("y", ElementType.Float32, 1, 84, 6), OutputKind.Detections)],
        };

        OutputMetrics.For(image, Reader, DataSet.Open(folder.Path, image)).ShouldBeOfType<DetectionAgreementMeter>();
        OutputMetrics.For(image with { Task = ModelTask.Classification }, null, DataSet.Open(folder.Path, image)).ShouldBeOfType<Top1AccuracyMeter>();
        folder.Write("a.txt", "0 0.5 0.5 1 1");
        OutputMetrics.For(image, Reader, DataSet.Open(folder.Path, image)).ShouldBeOfType<DetectionAccuracyMeter>();
        OutputMetrics.Agreement(Reader).ShouldBeOfType<DetectionAgreementMeter>();
        OutputMetrics.Agreement(null).ShouldBeOfType<Top1AgreementMeter>();
    }

    private static Sample Photo(params LabelledBox[] boxes) =>
        new("photo", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["image"] = Tensor.Of(new float[30000], 1, 3, 100, 100) })
        {
            Boxes = boxes,
            Picture = new Picture(200, 100, new ImageGeometry(0.5, 0.5, 0, 25)),
        };

    /// <summary>A box of class 1.</summary>
    private static Dictionary<string, Tensor> Outputs(float[] box, float score) => new(StringComparer.Ordinal)
    {
        ["boxes"] = Tensor.Of(box, 1, 1, 4),
        ["scores"] = Tensor.Of([0.001f, score], 1, 2, 1),
    };
}
