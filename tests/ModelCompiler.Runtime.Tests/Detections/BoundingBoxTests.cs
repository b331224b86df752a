namespace ModelCompiler.Tests.Detections;

public sealed class BoundingBoxTests
{
    [Theory]
    [InlineData(0, 0, 10, 10, 1)]
    [InlineData(5, 0, 15, 10, 1 / 3f)]
    [InlineData(0, 0, 5, 5, 0.25f)]
    [InlineData(10, 0, 20, 10, 0)]
    [InlineData(30, 30, 40, 40, 0)]
    [InlineData(8, 8, 2, 2, 0)]
    public void OverlapIsSharedOverCoveredArea(float left, float top, float right, float bottom, float expected)
    {
        var box = new BoundingBox(0, 0, 10, 10);
        var other = new BoundingBox(left, top, right, bottom);

        box.IntersectionOverUnion(other).ShouldBe(expected, 1e-6f);
        other.IntersectionOverUnion(box).ShouldBe(expected, 1e-6f);
    }

    [Fact]
    public void ALetterboxIsUndone()
    {
        var preprocessing = new ImagePreprocessing { Resize = Resizing.Letterbox(100, 100, 114, LetterboxPosition.Center) };
        var geometry = preprocessing.Plan(400, 200).Geometry;   // a quarter of the size, bars of 25 above and below

        new BoundingBox(10, 35, 60, 65).ToSource(geometry, 400, 200).ShouldBe(new BoundingBox(40, 40, 240, 160));
    }

    [Fact]
    public void WhatSticksOutOfTheImageIsCut() =>
        new BoundingBox(-5, -5, 50, 20).ToSource(new ImageGeometry(0.5, 0.5, 0, 0), 80, 60).ShouldBe(new BoundingBox(0, 0, 80, 40));
}
