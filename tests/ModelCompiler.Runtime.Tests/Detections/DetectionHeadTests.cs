namespace ModelCompiler.Tests.Detections;

/// <summary>Each layout against numbers worked out by hand.</summary>
public sealed class DetectionHeadTests
{
    [Fact]
    public void AGridOfOffsetsAndLogarithms()
    {
        // An input of 16×8 pixels has cells of 8 pixels (0,0) and (1,0), and none of 16.
        var head = new DetectionHead { Boxes = BoxForm.Grid, HasObjectness = true, Strides = [8, 16] };
        float[] output =
        [
            0.5f, 0.25f, 0, MathF.Log(2), 0.5f, 0.8f, 0.1f,
            0.5f, 0.5f, MathF.Log(0.5f), 0, 0.9f, 0.2f, 1,
        ];

        var found = Decode(head, new AnchorTable(output, 2, columnsFirst: false), 16, 8);

        ShouldBeNear(found[0], new ScoredBox(new BoundingBox(0, -6, 8, 10), 0, 0.4f));
        ShouldBeNear(found[1], new ScoredBox(new BoundingBox(10, 0, 14, 8), 1, 0.9f));
    }

    [Fact]
    public void LevelsOfAGridFollowEachOther()
    {
        int[] strides = [8, 16];

        GridCell.Count(strides, 32, 16).ShouldBe(8 + 2);
        GridCell.At(strides, 32, 16, 0).ShouldBe(new GridCell(0, 0, 8));
        GridCell.At(strides, 32, 16, 5).ShouldBe(new GridCell(1, 1, 8));
        GridCell.At(strides, 32, 16, 8).ShouldBe(new GridCell(0, 0, 16));
        GridCell.At(strides, 32, 16, 9).ShouldBe(new GridCell(1, 0, 16));
        Should.Throw<ArgumentOutOfRangeException>(() => GridCell.At(strides, 32, 16, 10));
    }

    [Fact]
    public void CentreAndSizeInPixelsWithObjectness()
    {
        var head = new DetectionHead { Boxes = BoxForm.Center, HasObjectness = true };

        var found = Decode(head, new AnchorTable([50, 40, 20, 10, 0.5f, 0.6f, 0.9f, 0.1f], 1, columnsFirst: false), 100, 100);

        ShouldBeNear(found.ShouldHaveSingleItem(), new ScoredBox(new BoundingBox(40, 35, 60, 45), 1, 0.45f));
    }

    [Fact]
    public void ColumnsBeforeRowsWithoutObjectness()
    {
        var head = new DetectionHead { Boxes = BoxForm.Center };
        float[] output =
        [
            50, 10,
            40, 20,
            20, 4,
            10, 8,
            0.6f, 0.3f,
            0.1f, 0.7f,
        ];

        var found = Decode(head, new AnchorTable(output, 2, columnsFirst: true), 100, 100);

        found.ShouldBe([new ScoredBox(new BoundingBox(40, 35, 60, 45), 0, 0.6f), new ScoredBox(new BoundingBox(8, 16, 12, 24), 1, 0.7f)]);
    }

    [Fact]
    public void RelativeCornersWithScoresOfTheirOwnAndABackground()
    {
        var head = new DetectionHead { Boxes = BoxForm.Corners, IsRelative = true, Background = 0 };
        var boxes = new AnchorTable([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.5f, 1, 1], 2, columnsFirst: false);
        var scores = new AnchorTable([0.3f, 0.7f, 0.995f, 0.005f], 2, columnsFirst: false);
        var found = new List<ScoredBox>();

        head.Decode(boxes, scores, 320, 240, 0.01f, found);

        ShouldBeNear(found.ShouldHaveSingleItem(), new ScoredBox(new BoundingBox(32, 48, 96, 96), 1, 0.7f));
    }

    [Fact]
    public void WhatIsNotFiniteIsLeftOut()
    {
        var head = new DetectionHead { Boxes = BoxForm.Corners };
        float[] output = [float.NaN, 0, 1, 1, 0.9f, 0, 0, 1, 1, float.NaN, 0, 0, float.PositiveInfinity, 1, 0.9f, 0, 0, 1, 1, 0.5f];

        Decode(head, new AnchorTable(output, 4, columnsFirst: false), 10, 10).ShouldHaveSingleItem().Score.ShouldBe(0.5f);
    }

    [Fact]
    public void AnOutputThatDoesNotFitTheGridIsRefused()
    {
        var head = new DetectionHead { Boxes = BoxForm.Grid, Strides = [8] };

        Should.Throw<ArgumentException>(() => Decode(head, new AnchorTable(new float[18], 3, columnsFirst: false), 16, 8));
        Should.Throw<ArgumentException>(() => { _ = new AnchorTable(new float[7], 2, columnsFirst: false); });
    }

    private static List<ScoredBox> Decode(DetectionHead head, AnchorTable output, int width, int height)
    {
        var found = new List<ScoredBox>();
        head.Decode(output, width, height, 0.01f, found);
        return found;
    }

    private static void ShouldBeNear(ScoredBox actual, ScoredBox expected)
    {
        actual.Class.ShouldBe(expected.Class);
        actual.Score.ShouldBe(expected.Score, 1e-5f);
        actual.Box.Left.ShouldBe(expected.Box.Left, 1e-4f);
        actual.Box.Top.ShouldBe(expected.Box.Top, 1e-4f);
        actual.Box.Right.ShouldBe(expected.Box.Right, 1e-4f);
        actual.Box.Bottom.ShouldBe(expected.Box.Bottom, 1e-4f);
    }
}
