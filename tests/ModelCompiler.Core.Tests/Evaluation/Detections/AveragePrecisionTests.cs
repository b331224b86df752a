using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Detections;

namespace ModelCompiler.Tests.Evaluation.Detections;

/// <summary>Small cases worked out by hand.</summary>
public sealed class AveragePrecisionTests
{
    [Fact]
    public void AllFoundAndNothingElseIsOne()
    {
        var precision = new AveragePrecision();
        precision.Add([Object(0, 0), Object(1, 50)], [Found(0, 0, 0.4f), Found(1, 50, 0.9f)]);

        precision.Mean().ShouldBe(1);
    }

    [Fact]
    public void TheAreaIsUnderTheRaisedPrecisions()
    {
        // Hit, miss, hit, miss, hit of four objects: precisions 1, 2/3 and 3/5 at recalls 1/4, 2/4 and 3/4.
        var precision = new AveragePrecision();
        precision.Add(
            [Object(0, 0), Object(0, 50), Object(0, 100), Object(0, 150)],
            [Found(0, 0, 0.9f), Found(0, 500, 0.8f), Found(0, 50, 0.7f), Found(0, 600, 0.6f), Found(0, 100, 0.5f)]);

        precision.Mean()!.Value.ShouldBe((1 + (2 / 3.0) + (3 / 5.0)) / 4, 1e-12);
    }

    [Fact]
    public void APrecisionCountsAsTheBestAtAnyHigherRecall()
    {
        // Miss, hit, hit: precisions 1/2 and 2/3; the first is raised to 2/3.
        var precision = new AveragePrecision();
        precision.Add([Object(0, 0), Object(0, 50)], [Found(0, 500, 0.9f), Found(0, 0, 0.8f), Found(0, 50, 0.7f)]);

        precision.Mean()!.Value.ShouldBe(2 / 3.0, 1e-12);
    }

    [Fact]
    public void ScoresRankOverAllImages()
    {
        // The miss of the second image comes before the hit of the first.
        var precision = new AveragePrecision();
        precision.Add([Object(0, 0)], [Found(0, 0, 0.5f)]);
        precision.Add([], [Found(0, 0, 0.9f)]);

        precision.Mean().ShouldBe(0.5);
        (precision.Images, precision.Objects).ShouldBe((2, 1));
    }

    [Fact]
    public void AnObjectIsFoundOnce()
    {
        var precision = new AveragePrecision();
        precision.Add([Object(0, 0), Object(0, 50)], [Found(0, 0, 0.9f), Found(0, 1, 0.8f), Found(0, 50, 0.7f)]);

        precision.Mean()!.Value.ShouldBe((1 + (2 / 3.0)) / 2, 1e-12);
    }

    [Fact]
    public void AFindingTakesTheObjectThatItOverlapsMost()
    {
        // The better one overlaps both objects by half and more; it must leave the first for the other.
        var first = new LabelledBox(0, new BoundingBox(0, 0, 10, 10));
        var second = new LabelledBox(0, new BoundingBox(2, 0, 12, 10));
        var precision = new AveragePrecision();
        precision.Add([first, second], [new(second.Box, 0, 0.9f), new(new BoundingBox(-3, 0, 7, 10), 0, 0.8f)]);

        precision.Mean().ShouldBe(1);
    }

    [Theory]
    [InlineData(10, 1)]     // IoU 10·10 / (20·10) = 1/2
    [InlineData(9, 0)]
    public void HalfOverlapIsEnough(float width, double expected)
    {
        var precision = new AveragePrecision();
        precision.Add([new LabelledBox(0, new BoundingBox(0, 0, 20, 10))], [new(new BoundingBox(0, 0, width, 10), 0, 0.9f)]);

        precision.Mean().ShouldBe(expected);
    }

    [Fact]
    public void OnlyClassesThatOccurCount()
    {
        // Class 0 is found, class 1 is not; findings of class 2, which is nowhere, are nobody's loss.
        var precision = new AveragePrecision();
        precision.Add([Object(0, 0), Object(1, 50)], [Found(0, 0, 0.9f), Found(2, 50, 0.9f)]);

        precision.Mean().ShouldBe(0.5);
    }

    [Fact]
    public void ImagesWithoutAnyObjectSayNothing()
    {
        var precision = new AveragePrecision();
        precision.Add([], [Found(0, 0, 0.9f)]);

        precision.Mean().ShouldBeNull();
    }

    [Fact]
    public void AnImageCanCountSeveralTimes()
    {
        var weighted = new AveragePrecision();
        weighted.Add([Object(0, 0)], [Found(0, 0, 0.5f)]);
        weighted.Add([Object(0, 0), Object(1, 0)], [Found(0, 80, 0.6f), Found(1, 0, 0.3f)]);
        weighted.Add([Object(2, 0)], []);
        var repeated = new AveragePrecision();
        repeated.Add([Object(0, 0)], [Found(0, 0, 0.5f)]);
        repeated.Add([Object(0, 0)], [Found(0, 0, 0.5f)]);
        repeated.Add([Object(0, 0)], [Found(0, 0, 0.5f)]);
        repeated.Add([Object(0, 0), Object(1, 0)], [Found(0, 80, 0.6f), Found(1, 0, 0.3f)]);

        weighted.Mean([3, 1, 0])!.Value.ShouldBe(repeated.Mean()!.Value, 1e-12);
    }

    private static LabelledBox Object(int label, float left) => new(label, new BoundingBox(left, 0, left + 20, 20));

    private static ScoredBox Found(int label, float left, float score) => new(new BoundingBox(left, 0, left + 20, 20), label, score);
}
