using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Detections;

public sealed class DetectionAgreementMeterTests
{
    private const int Photos = 40;

    private static readonly DetectionReader Reader = new(new AnchorOutput("boxes", IsColumnsFirst: false), null, new DetectionHead { Boxes = BoxForm.Corners });

    private static readonly Sample Photo = new("photo", Outputs("image", [1, 3, 100, 100], new float[30000]));

    [Fact]
    public void TheOriginalAgreesWithItself()
    {
        var outputs = Boxes([0, 0, 20, 20, 0.9f], [50, 0, 70, 20, 0.4f], [0, 50, 20, 70, 0.1f]);
        var meter = new DetectionAgreementMeter(Reader);
        AddPhotos(meter, outputs, outputs);

        var agreement = meter.Result().ShouldNotBeNull();

        (agreement.Metric, agreement.Original, agreement.Compiled, agreement.Loss, agreement.Samples).ShouldBe(("detection agreement", 1, 1, 0, Photos));
        agreement.Drop95.ShouldBe((0, 0));
        agreement.IsAgreement.ShouldBeTrue();
    }

    [Fact]
    public void AConfidentDetectionThatIsMissingIsALoss()
    {
        var meter = new DetectionAgreementMeter(Reader);
        AddPhotos(meter, Boxes([0, 0, 20, 20, 0.9f], [50, 0, 70, 20, 0.4f]), Boxes([0, 0, 20, 20, 0.9f], [50, 50, 70, 70, 0.001f]));

        meter.Result()!.Loss.ShouldBe(0.5);
    }

    [Fact]
    public void OtherScoresInTheSameOrderAreNone()
    {
        var meter = new DetectionAgreementMeter(Reader);
        AddPhotos(meter, Boxes([0, 0, 20, 20, 0.9f], [50, 0, 70, 20, 0.4f]), Boxes([1, 0, 21, 20, 0.5f], [50, 1, 70, 21, 0.1f]));

        meter.Result()!.Loss.ShouldBe(0);
    }

    [Fact]
    public void WhereTheOriginalIsSureOfNothingThereIsNothingToSay()
    {
        var outputs = Boxes([0, 0, 20, 20, 0.2f]);
        var meter = new DetectionAgreementMeter(Reader);
        AddPhotos(meter, outputs, outputs);

        meter.Result().ShouldBeNull();
    }

    [Fact]
    public void AFewObjectsSayNothingEither()
    {
        var outputs = Boxes([0, 0, 20, 20, 0.9f]);
        var meter = new DetectionAgreementMeter(Reader);
        meter.Add(Photo, outputs, outputs);

        meter.Result().ShouldBeNull();
    }

    [Fact]
    public void EqualDataGiveEqualIntervals() => Compare().Drop95.ShouldBe(Compare().Drop95);

    [Fact]
    public void TheIntervalHoldsTheDrop()
    {
        var agreement = Compare();

        agreement.Drop.ShouldBe(0.3, 0.05);
        agreement.Drop95.Low.ShouldBeInRange(0.1, agreement.Drop);
        agreement.Drop95.High.ShouldBeInRange(agreement.Drop, 0.5);
    }

    private static void AddPhotos(DetectionAgreementMeter meter, Dictionary<string, Tensor> original, Dictionary<string, Tensor> compiled)
    {
        for (var i = 0; i < Photos; i++)
            meter.Add(Photo, original, compiled);
    }

    [Fact]
    public void TheIntervalHoldsTheTrueDropInNearlyAllCases()
    {
        // Photos of a world where a model misses two objects in ten, with one to three objects each.
        var random = new Random(17);
        var held = 0;
        for (var world = 0; world < 40; world++)
        {
            var meter = new DetectionAgreementMeter(Reader);
            for (var photo = 0; photo < Photos; photo++)
            {
                float[][] objects = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => new[] { 30f * i, 0, (30f * i) + 20, 20, 0.9f })];
                float[][] found = [[0, 60, 20, 80, 0.01f], .. objects.Where(_ => random.NextSingle() >= 0.2f)];
                meter.Add(Photo, Boxes(objects), Boxes(found));
            }

            var (low, high) = meter.Result()!.Drop95;
            held += low <= 0.2 && high >= 0.2 ? 1 : 0;
        }

        held.ShouldBeInRange(34, 40);
    }

    /// <summary>A model that misses the object of three images in ten.</summary>
    private static ModelCompiler.Evaluation.Accuracy Compare()
    {
        var meter = new DetectionAgreementMeter(Reader);
        for (var i = 0; i < Photos; i++)
            meter.Add(Photo, Boxes([0, 0, 20, 20, 0.9f]), i % 10 < 3 ? Boxes([50, 50, 70, 70, 0.001f]) : Boxes([0, 0, 20, 20, 0.8f]));
        return meter.Result()!;
    }

    private static Dictionary<string, Tensor> Boxes(params float[][] rows) => Outputs("boxes", [1, rows.Length, 5], [.. rows.SelectMany(row => row)]);

    private static Dictionary<string, Tensor> Outputs(string name, long[] dims, float[] values) =>
        new(StringComparer.Ordinal) { [name] = Tensor.Of(values, dims) };
}
