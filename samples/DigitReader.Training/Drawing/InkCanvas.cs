using System.Numerics;

namespace DigitReader.Training.Drawing;

/// <summary>
/// A square sheet that remembers, for every pixel, how far it is from the nearest ink (negative inside). Coverage follows from that
/// distance, so edges are smooth without drawing at a high resolution.
/// </summary>
internal sealed class InkCanvas
{
    private readonly float[] _distance;

    public InkCanvas(int width, int height)
    {
        (Width, Height) = (width, height);
        _distance = new float[width * height];
        Array.Fill(_distance, float.MaxValue);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>A piece of line from <paramref name="from"/> to <paramref name="to"/> whose round pen changes its radius (pixels) on the way.</summary>
    public void DrawCapsule(Vector2 from, Vector2 to, float fromRadius, float toRadius)
    {
        var reach = new Vector2(Math.Max(fromRadius, toRadius) + 2f);
        var along = to - from;
        var scale = 1f / Math.Max(along.LengthSquared(), 1e-12f);
        var box = PixelsWithin(Vector2.Min(from, to) - reach, Vector2.Max(from, to) + reach);
        for (var y = box.Top; y <= box.Bottom; y++)
        {
            for (var x = box.Left; x <= box.Right; x++)
            {
                var pixel = new Vector2(x + 0.5f, y + 0.5f);
                var t = Math.Clamp(Vector2.Dot(pixel - from, along) * scale, 0f, 1f);
                var distance = Vector2.Distance(pixel, from + (along * t)) - fromRadius - ((toRadius - fromRadius) * t);
                ref var nearest = ref _distance[(y * Width) + x];
                nearest = Math.Min(nearest, distance);
            }
        }
    }

    /// <summary>Takes the ink out of a disc, as a pen that skips.</summary>
    public void EraseDisc(Vector2 centre, float radius)
    {
        var reach = new Vector2(radius + 2f);
        var box = PixelsWithin(centre - reach, centre + reach);
        for (var y = box.Top; y <= box.Bottom; y++)
        {
            for (var x = box.Left; x <= box.Right; x++)
            {
                ref var nearest = ref _distance[(y * Width) + x];
                nearest = Math.Max(nearest, radius - Vector2.Distance(new Vector2(x + 0.5f, y + 0.5f), centre));
            }
        }
    }

    /// <summary>Ink from 0 to 1 for every pixel, row by row; an edge is <paramref name="softness"/> pixels wide.</summary>
    public float[] Coverage(float softness) =>
        Array.ConvertAll(_distance, distance => Math.Clamp(0.5f - (distance / softness), 0f, 1f));

    private (int Left, int Top, int Right, int Bottom) PixelsWithin(Vector2 low, Vector2 high) =>
        (Math.Max(0, (int)low.X), Math.Max(0, (int)low.Y), Math.Min(Width - 1, (int)high.X), Math.Min(Height - 1, (int)high.Y));
}
