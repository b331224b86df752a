using System.Numerics;

namespace DigitReader.Training.Drawing;

/// <summary>Turns the few points of a skeleton's stroke into a fine polyline.</summary>
internal static class Spline
{
    private const int StepsPerSpan = 8;

    /// <summary>A Catmull–Rom curve through the points, broken at corners.</summary>
    public static List<Vector2> Trace(IReadOnlyList<PenPoint> points)
    {
        var line = new List<Vector2> { points[0].Position };
        for (var span = 0; span + 1 < points.Count; span++)
            AddSpan(line, points, span);
        return line;
    }

    private static void AddSpan(List<Vector2> line, IReadOnlyList<PenPoint> points, int span)
    {
        var from = points[span].Position;
        var to = points[span + 1].Position;
        var before = span == 0 || points[span].IsCorner ? from : points[span - 1].Position;
        var after = span + 2 == points.Count || points[span + 1].IsCorner ? to : points[span + 2].Position;
        for (var step = 1; step <= StepsPerSpan; step++)
            line.Add(CatmullRom(before, from, to, after, (float)step / StepsPerSpan));
    }

    private static Vector2 CatmullRom(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float t)
    {
        var linear = p2 - p0;
        var square = (2f * p0) - (5f * p1) + (4f * p2) - p3;
        var cube = (3f * p1) - p0 - (3f * p2) + p3;
        return 0.5f * ((2f * p1) + (linear * t) + (square * (t * t)) + (cube * (t * t * t)));
    }

    /// <summary>Rounds corners as a hurried hand does: each pass moves every inner point half way to the middle of its neighbours.</summary>
    public static void Smooth(List<Vector2> line, int passes)
    {
        for (var pass = 0; pass < passes; pass++)
        {
            var previous = line[0];
            for (var i = 1; i + 1 < line.Count; i++)
            {
                var current = line[i];
                line[i] = (0.5f * current) + (0.25f * (previous + line[i + 1]));
                previous = current;
            }
        }
    }
}
