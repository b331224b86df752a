using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Detections;

namespace ModelCompiler.Tests.Evaluation.Detections;

/// <summary>AP50:95 beside an implementation that takes its time.</summary>
public sealed class OverlapLevelsTests
{
    [Fact]
    public void AFindingCountsUpToItsOwnOverlap()
    {
        // It covers 7 of 10 columns: a hit at 0.50, 0.55, 0.60, 0.65 and 0.70, of ten levels.
        var precision = new AveragePrecision();
        precision.Add([new LabelledBox(0, new BoundingBox(0, 0, 10, 10))], [new(new BoundingBox(0, 0, 7.01f, 10), 0, 0.9f)]);

        precision.MeanOverOverlaps([1])!.Value.ShouldBe(0.5, 1e-12);
        precision.Mean().ShouldBe(1);
    }

    [Fact]
    public void EachLevelIsMatchedAnew()
    {
        // The better finding overlaps both objects by more than half, the second one most. At 0.75 and above it is no match, and the other takes what it can.
        var objects = new LabelledBox[] { new(0, new BoundingBox(0, 0, 10, 10)), new(0, new BoundingBox(4, 0, 14, 10)) };
        var found = new ScoredBox[] { new(new BoundingBox(3, 0, 13, 10), 0, 0.9f), new(new BoundingBox(0, 0, 10, 10), 0, 0.8f) };
        var precision = new AveragePrecision();
        precision.Add(objects, found);

        precision.MeanOverOverlaps([1])!.Value.ShouldBe(Slowly([(objects, found, 1)]), 1e-12);
    }

    [Fact]
    public void RandomBoxesGiveWhatTheDefinitionGives()
    {
        var random = new Random(6);
        var images = Enumerable.Range(0, 15).Select(_ => Image(random)).ToArray();
        var precision = new AveragePrecision();
        foreach (var (objects, found, _) in images)
            precision.Add(objects, found);
        int[] times = [.. images.Select(image => image.Times)];

        precision.MeanOverOverlaps(times)!.Value.ShouldBe(Slowly(images), 1e-12);
        precision.Mean(times)!.Value.ShouldBe(At(0.5f, images), 1e-12);
        precision.MeanOverOverlaps(times)!.Value.ShouldBeInRange(0.05, 0.95);
    }

    /// <summary>Objects of three classes, and findings near them and elsewhere, with scores that are sometimes equal.</summary>
    private static (LabelledBox[] Objects, ScoredBox[] Found, int Times) Image(Random random)
    {
        var objects = Enumerable.Range(0, random.Next(6)).Select(_ => new LabelledBox(random.Next(3), Box(random, random.Next(40), random.Next(40)))).ToArray();
        var near = objects.Select(known => new ScoredBox(Box(random, known.Box.Left + random.Next(-2, 3), known.Box.Top + random.Next(-2, 3)), random.Next(4) == 0 ? 1 : known.Class, random.Next(1, 20) / 20f));
        var elsewhere = Enumerable.Range(0, random.Next(4)).Select(_ => new ScoredBox(Box(random, random.Next(40), random.Next(40)), random.Next(3), random.Next(1, 20) / 20f));
        return (objects, [.. near, .. elsewhere], random.Next(3));
    }

    private static BoundingBox Box(Random random, float left, float top) => new(left, top, left + 12 + random.Next(4), top + 12 + random.Next(4));

    private static double Slowly((LabelledBox[] Objects, ScoredBox[] Found, int Times)[] images) =>
        Enumerable.Range(0, 10).Average(level => At((50 + (5 * level)) / 100f, images));

    private static double At(float overlap, (LabelledBox[] Objects, ScoredBox[] Found, int Times)[] images)
    {
        var classes = images.Where(image => image.Times > 0).SelectMany(image => image.Objects).Select(known => known.Class).Distinct();
        return classes.Average(index => Average(overlap, index, images));
    }

    private static double Average(float overlap, int index, (LabelledBox[] Objects, ScoredBox[] Found, int Times)[] images)
    {
        var hits = new List<(float Score, int Image, bool IsHit)>();
        var objects = 0;
        foreach (var (number, image) in images.Index())
        {
            var left = image.Objects.Where(known => known.Class == index).ToList();
            objects += image.Times * left.Count;
            foreach (var box in image.Found.Where(box => box.Class == index).Order())
            {
                var best = left.Where(known => known.Box.IntersectionOverUnion(box.Box) >= overlap).OrderByDescending(known => known.Box.IntersectionOverUnion(box.Box)).Take(1).ToArray();
                left.RemoveAll(known => best.Length > 0 && known == best[0]);
                hits.AddRange(Enumerable.Repeat((box.Score, number, best.Length > 0), image.Times));
            }
        }

        var ranked = hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Image).ToArray();
        var precisions = Enumerable.Range(1, ranked.Length).Select(count => (double)ranked.Take(count).Count(hit => hit.IsHit) / count).ToArray();
        // A selection that has an image twice has its findings side by side: their precision counts behind the last of equals.
        return Enumerable.Range(0, ranked.Length).Where(i => ranked[i].IsHit).Sum(i => precisions.Skip(LastOfEquals(ranked, i)).Max()) / objects;
    }

    private static int LastOfEquals((float Score, int Image, bool IsHit)[] ranked, int place)
    {
        while (place + 1 < ranked.Length && ranked[place + 1] == ranked[place])
            place++;
        return place;
    }
}
