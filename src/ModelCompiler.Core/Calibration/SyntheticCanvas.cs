namespace ModelCompiler.Calibration;

/// <summary>Three planes of colour, red, green and blue, in units of a byte, on which things are painted over one another.</summary>
internal sealed class SyntheticCanvas(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public float[][] Planes { get; } = [new float[width * height], new float[width * height], new float[width * height]];

    /// <summary>Paints a rectangle.</summary>
    /// <param name="left">Of its left edge; it may reach beyond the canvas on every side.</param>
    /// <param name="top">Of its upper edge.</param>
    /// <param name="wide">Its width.</param>
    /// <param name="high">Its height.</param>
    /// <param name="paint">The colour, and how much of the ground it covers.</param>
    public void Rectangle(float left, float top, float wide, float high, Paint paint) =>
        Fill(left, top, left + wide, top + high, paint, (_, _) => 1);

    /// <summary>Paints the ellipse that fills a rectangle.</summary>
    public void Ellipse(float left, float top, float wide, float high, Paint paint)
    {
        var (x0, y0, a, b) = (left + (wide / 2), top + (high / 2), wide / 2, high / 2);
        Fill(left, top, left + wide, top + high, paint, (x, y) =>
        {
            var (dx, dy) = ((x - x0) / a, (y - y0) / b);
            return Math.Clamp((1 - MathF.Sqrt((dx * dx) + (dy * dy))) * Math.Min(a, b), 0, 1);
        });
    }

    /// <summary>Paints a straight stroke with round ends.</summary>
    public void Stroke(float fromX, float fromY, float toX, float toY, float thickness, Paint paint)
    {
        var (dx, dy, reach) = (toX - fromX, toY - fromY, (thickness / 2) + 1);
        var square = Math.Max((dx * dx) + (dy * dy), 1e-6f);
        Fill(Math.Min(fromX, toX) - reach, Math.Min(fromY, toY) - reach, Math.Max(fromX, toX) + reach, Math.Max(fromY, toY) + reach, paint, (x, y) =>
        {
            var along = Math.Clamp((((x - fromX) * dx) + ((y - fromY) * dy)) / square, 0, 1);
            var (offX, offY) = (x - fromX - (along * dx), y - fromY - (along * dy));
            return Math.Clamp((thickness / 2) + 0.5f - MathF.Sqrt((offX * offX) + (offY * offY)), 0, 1);
        });
    }

    /// <param name="coverage">How much of the pixel around a point belongs to the thing, 0 to 1.</param>
    private void Fill(float left, float top, float right, float bottom, Paint paint, Func<float, float, float> coverage)
    {
        for (var y = (int)Math.Clamp(top, 0, Height); y < Math.Clamp(bottom, 0, Height); y++)
        {
            for (var x = (int)Math.Clamp(left, 0, Width); x < Math.Clamp(right, 0, Width); x++)
            {
                var share = coverage(x + 0.5f, y + 0.5f) * paint.Opacity;
                Blend(ref Planes[0][(y * Width) + x], paint.Red, share);
                Blend(ref Planes[1][(y * Width) + x], paint.Green, share);
                Blend(ref Planes[2][(y * Width) + x], paint.Blue, share);
            }
        }
    }

    private static void Blend(ref float pixel, float colour, float share) => pixel = float.Lerp(pixel, colour, share);
}

/// <summary>A colour and how much of the ground it covers, 0 to 1.</summary>
internal sealed record Paint(float Red, float Green, float Blue, float Opacity);
