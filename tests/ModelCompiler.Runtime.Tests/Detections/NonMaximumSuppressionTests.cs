namespace ModelCompiler.Tests.Detections;

public sealed class NonMaximumSuppressionTests
{
    private static readonly BoundingBox Here = new(0, 0, 10, 10);
    private static readonly BoundingBox Beside = new(3, 0, 13, 10);     // IoU with Here 7/13 = 0.54
    private static readonly BoundingBox Further = new(6, 0, 16, 10);    // IoU with Beside 7/13, with Here 4/16

    [Fact]
    public void TheBestOfTheBoxesAroundAnObjectIsLeft()
    {
        List<ScoredBox> boxes = [new(Here, 1, 0.6f), new(Beside, 1, 0.9f), new(Here, 1, 0.7f)];

        NonMaximumSuppression.Apply(boxes, 0.5f, 10);

        boxes.ShouldBe([new ScoredBox(Beside, 1, 0.9f)]);
    }

    [Fact]
    public void ABoxThatWasLeftOutCoversNoOther()
    {
        List<ScoredBox> boxes = [new(Further, 1, 0.5f), new(Here, 1, 0.9f), new(Beside, 1, 0.8f)];

        NonMaximumSuppression.Apply(boxes, 0.5f, 10);

        boxes.ShouldBe([new ScoredBox(Here, 1, 0.9f), new ScoredBox(Further, 1, 0.5f)]);
    }

    [Fact]
    public void ClassesDoNotCompete()
    {
        List<ScoredBox> boxes = [new(Here, 1, 0.9f), new(Here, 2, 0.8f)];

        NonMaximumSuppression.Apply(boxes, 0.5f, 10);

        boxes.Count.ShouldBe(2);
    }

    [Fact]
    public void ALessStrictOverlapKeepsBoth()
    {
        List<ScoredBox> boxes = [new(Here, 1, 0.9f), new(Beside, 1, 0.8f)];

        NonMaximumSuppression.Apply(boxes, 0.65f, 10);

        boxes.Count.ShouldBe(2);
    }

    [Fact]
    public void TheBestAreKeptWhereThereAreTooMany()
    {
        List<ScoredBox> boxes = [.. Enumerable.Range(0, 10).Select(i => new ScoredBox(new BoundingBox(20 * i, 0, (20 * i) + 10, 10), 0, i / 10f))];

        NonMaximumSuppression.Apply(boxes, 0.5f, 3);

        boxes.Select(box => box.Score).ShouldBe([0.9f, 0.8f, 0.7f]);
    }

    [Fact]
    public void TheOrderOfEqualScoresDoesNotDependOnTheInput()
    {
        ScoredBox[] boxes = [new(Here, 1, 0.5f), new(Beside, 1, 0.5f), new(Further, 0, 0.5f)];
        List<ScoredBox> forward = [.. boxes];
        List<ScoredBox> backward = [.. boxes.Reverse()];

        NonMaximumSuppression.Apply(forward, 0.5f, 10);
        NonMaximumSuppression.Apply(backward, 0.5f, 10);

        forward.ShouldBe(backward);
        forward.ShouldBe([boxes[2], boxes[0]]);
    }
}
