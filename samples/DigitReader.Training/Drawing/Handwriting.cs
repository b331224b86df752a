using System.Numerics;

namespace DigitReader.Training.Drawing;

/// <summary>Writes a digit the way one person would on one occasion: picks a skeleton and lets the hand deviate from it.</summary>
internal static class Handwriting
{
    /// <summary>The pen's path for <paramref name="digit"/>: a polyline a stroke, about one unit high, before size and position on paper.</summary>
    public static List<List<Vector2>> Write(int digit, RandomSource random)
    {
        var skeleton = SkeletonLibrary.Default.Pick(digit, random);
        var strokes = Wander(skeleton, random).ConvertAll(Spline.Trace);
        if (strokes.Count > 1 && random.Chance(0.04f))
            JoinStrokes(strokes);

        var rounding = (int)(6f * random.Unit() * random.Unit());
        foreach (var stroke in strokes)
        {
            Spline.Smooth(stroke, rounding);
            MoveEnds(stroke, random);
        }

        var warp = Warp.Random(random);
        return strokes.ConvertAll(stroke => stroke.ConvertAll(warp.Apply));
    }

    /// <summary>Moves the skeleton's points: each stroke a little as a whole, its points by a deviation that follows the previous one's.</summary>
    private static List<List<PenPoint>> Wander(Skeleton skeleton, RandomSource random)
    {
        const float memory = 0.5f;
        var strength = random.Between(0.01f, 0.06f);
        var moved = new List<List<PenPoint>>();
        foreach (var stroke in skeleton.Strokes)
        {
            var whole = moved.Count == 0 ? Vector2.Zero : RandomStep(random, 0.03f);
            var drift = RandomStep(random, strength);
            var points = new List<PenPoint>(stroke.Count);
            foreach (var point in stroke)
            {
                drift = (memory * drift) + RandomStep(random, strength * 0.87f);
                points.Add(point with { Position = point.Position + whole + drift });
            }

            moved.Add(points);
        }

        return moved;
    }

    private static Vector2 RandomStep(RandomSource random, float deviation) => new(random.Normal(deviation), random.Normal(deviation));

    /// <summary>The pen was not lifted between two strokes.</summary>
    private static void JoinStrokes(List<List<Vector2>> strokes)
    {
        strokes[0].AddRange(strokes[1]);
        strokes.RemoveAt(1);
    }

    /// <summary>Strokes stop early or run on: rings stay open, tails grow.</summary>
    private static void MoveEnds(List<Vector2> stroke, RandomSource random)
    {
        if (random.Chance(0.35f))
            stroke.RemoveRange(0, (int)(stroke.Count * random.Between(0f, 0.08f)));
        if (random.Chance(0.35f))
        {
            var cut = (int)(stroke.Count * random.Between(0f, 0.1f));
            stroke.RemoveRange(stroke.Count - cut, cut);
        }
        else if (random.Chance(0.3f))
        {
            var direction = stroke[^1] - stroke[^Math.Min(5, stroke.Count)];
            stroke.Add(stroke[^1] + (direction * random.Between(0f, 0.8f)));
        }
    }
}
