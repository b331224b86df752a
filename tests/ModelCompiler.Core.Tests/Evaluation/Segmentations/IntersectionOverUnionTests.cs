using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Segmentations;

namespace ModelCompiler.Tests.Evaluation.Segmentations;

public sealed class IntersectionOverUnionTests
{
    [Fact]
    public void SharedPixelsAreDividedByThoseOfEither()
    {
        // Class 0: 2 of 4 pixels (one is called 1, and one that is 1 is called 0); class 1: 1 of 3.
        var union = new IntersectionOverUnion();
        union.Add([0, 0, 0, 1, 1], [0, 0, 1, 1, 0]);

        union.Mean([1])!.Value.ShouldBe(((2 / 4.0) + (1 / 3.0)) / 2, 1e-12);
    }

    [Fact]
    public void PixelsAreCountedOverAllImages()
    {
        // A class that is small in one image and large in the other: 9 of 10, and not the mean of 0 and 1.
        var union = new IntersectionOverUnion();
        union.Add([1], [0]);
        union.Add([1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1]);

        union.Mean([1, 1]).ShouldBe(0.9);
        union.Mean([1, 0]).ShouldBe(0);
        union.Mean([0, 3]).ShouldBe(1);
    }

    [Fact]
    public void WhatIsIgnoredOrUnseenIsNotJudged()
    {
        var union = new IntersectionOverUnion();
        union.Add([ClassMask.Ignored, 1, 1], [0, SegmentationMask.Unseen, 1]);

        (union.Mean([1]), union.Pixels).ShouldBe((1, 1));
    }

    [Fact]
    public void AnAnswerThatIsNoNumberIsWrong()
    {
        var union = new IntersectionOverUnion();
        union.Add([1, 1], [1, ClassMap.NoClass]);

        union.Mean([1]).ShouldBe(0.5);
    }

    [Fact]
    public void OnlyClassesInTheMasksCount()
    {
        // Class 2 is nowhere: calling a pixel it costs class 0 a pixel, and nothing else.
        var union = new IntersectionOverUnion();
        union.Add([0, 0, 1, 1], [0, 2, 1, 1]);

        union.Mean([1]).ShouldBe(0.75);
        new IntersectionOverUnion().Mean([]).ShouldBeNull();
    }

    [Fact]
    public void RandomMasksGiveWhatCountingOneClassAfterTheOtherGives()
    {
        var random = new Random(1);
        var union = new IntersectionOverUnion();
        var images = Enumerable.Range(0, 12).Select(_ => (Truth: Pixels(random), Said: Pixels(random), Times: random.Next(3))).ToArray();
        foreach (var (truth, said, _) in images)
            union.Add(truth, said);

        union.Mean([.. images.Select(image => image.Times)])!.Value.ShouldBe(Slowly(images), 1e-12);
    }

    private static ushort[] Pixels(Random random) =>
        [.. Enumerable.Range(0, 60).Select(_ => random.Next(20) == 0 ? ClassMask.Ignored : (ushort)random.Next(7))];

    private static double Slowly((ushort[] Truth, ushort[] Said, int Times)[] images)
    {
        var pixels = images
            .SelectMany(image => Enumerable.Repeat(image, image.Times))
            .SelectMany(image => image.Truth.Zip(image.Said))
            .Where(pixel => pixel.First != ClassMask.Ignored && pixel.Second != SegmentationMask.Unseen)
            .ToArray();
        return pixels.Select(pixel => pixel.First).Distinct().Average(index =>
            (double)pixels.Count(pixel => pixel.First == index && pixel.Second == index) / pixels.Count(pixel => pixel.First == index || pixel.Second == index));
    }
}
