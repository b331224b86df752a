using System.Numerics;

namespace DigitReader.Training.Drawing;

/// <summary>A pen held by one hand: its width, and how pressure changes along a stroke.</summary>
/// <param name="Radius">Half the line's width, as a fraction of the digit's longer side.</param>
/// <param name="Pressure">How much the width swings along a stroke, 0 (a felt pen) to about 0.4.</param>
/// <param name="Rhythm">How many swings there are in a stroke.</param>
/// <param name="Taper">How much thinner a stroke starts and ends, 0 to 1.</param>
internal sealed record Pen(float Radius, float Pressure, float Rhythm, float Taper)
{
    /// <summary>From a fine ballpoint to a broad felt pen.</summary>
    public static Pen Random(RandomSource random) => new(
        Math.Clamp(0.066f + random.Normal(0.02f), 0.028f, 0.125f),
        random.Between(0f, 0.3f),
        random.Between(0.5f, 3f),
        random.Chance(0.3f) ? random.Between(0f, 0.7f) : 0f);

    /// <summary>The finer pens, as they look where a digit fills much of a photo.</summary>
    public static Pen RandomFine(RandomSource random) => Random(random) with { Radius = random.Between(0.025f, 0.06f) };

    /// <summary>Draws strokes given in pixels, where <paramref name="size"/> is the digit's longer side in pixels.</summary>
    public void Draw(InkCanvas canvas, IEnumerable<IReadOnlyList<Vector2>> strokes, float size)
    {
        foreach (var stroke in strokes)
        {
            for (var i = 0; i < Math.Max(1, stroke.Count - 1); i++)
            {
                var next = Math.Min(i + 1, stroke.Count - 1);
                canvas.DrawCapsule(stroke[i], stroke[next], RadiusAt(i, stroke.Count) * size, RadiusAt(next, stroke.Count) * size);
            }
        }
    }

    private float RadiusAt(int point, int count)
    {
        var t = (float)point / Math.Max(1, count - 1);
        var swing = 1f + (Pressure * MathF.Sin(6.2832f * ((Rhythm * t) + Pressure)));
        var ends = 1f - (Taper * MathF.Pow(Math.Abs((2f * t) - 1f), 4f));
        return Radius * swing * ends;
    }
}
