using System.Numerics;

namespace DigitReader.Training.Drawing;

/// <summary>Brings strokes to their size and place on a canvas.</summary>
internal static class Placement
{
    /// <summary>Scales and moves strokes so that the ink's box, pen included, is <paramref name="size"/> pixels on its longer side around <paramref name="centre"/>.</summary>
    public static void Fit(List<List<Vector2>> strokes, Pen pen, float size, Vector2 centre)
    {
        var low = strokes.SelectMany(stroke => stroke).Aggregate(Vector2.Min);
        var high = strokes.SelectMany(stroke => stroke).Aggregate(Vector2.Max);
        var extent = Math.Max(high.X - low.X, high.Y - low.Y);
        var scale = size * (1f - (2f * pen.Radius)) / Math.Max(extent, 1e-3f);
        var middle = (low + high) / 2f;
        foreach (var stroke in strokes)
        {
            for (var i = 0; i < stroke.Count; i++)
                stroke[i] = ((stroke[i] - middle) * scale) + centre;
        }
    }
}
