namespace ModelCompiler.Calibration;

/// <summary>What stands in a made-up picture: boxes, discs and lines of marks like writing, small and large, faint and strong.</summary>
internal static class SyntheticThings
{
    private const int Shapes = 5;

    private const int Lines = 4;

    /// <summary>Of the smaller side of the picture: the least and greatest height of a line.</summary>
    private const float SmallestLine = 0.04f;
    private const float LargestLine = 0.2f;

    /// <summary>Lower lines would be a blur of half-covered pixels.</summary>
    private const float LeastLineHeight = 6;

    public static void Draw(SyntheticCanvas canvas, Noise noise)
    {
        for (var i = 0; i < Shapes; i++)
            DrawShape(canvas, noise);
        for (var i = 0; i < Lines; i++)
            DrawLine(canvas, noise);
    }

    private static void DrawShape(SyntheticCanvas canvas, Noise noise)
    {
        var (wide, high) = (Between(0.08f, 0.5f, noise) * canvas.Width, Between(0.08f, 0.5f, noise) * canvas.Height);
        var (left, top) = (Between(-0.1f, 0.9f, noise) * canvas.Width, Between(-0.1f, 0.9f, noise) * canvas.Height);
        var paint = Colour(Between(0, 255, noise), Between(0.3f, 1, noise), noise);
        if (noise.Below(2) == 0)
            canvas.Rectangle(left, top, wide, high, paint);
        else
            canvas.Ellipse(left, top, wide, high, paint);
    }

    /// <summary>Words of marks on paper: dark on light or light on dark.</summary>
    private static void DrawLine(SyntheticCanvas canvas, Noise noise)
    {
        var side = Math.Min(canvas.Width, canvas.Height);
        var height = Math.Max(LeastLineHeight, Between(SmallestLine, LargestLine, noise) * side);
        var length = Between(0.3f, 0.8f, noise) * canvas.Width;
        var (left, top) = (Between(0, 0.6f, noise) * canvas.Width, Between(0, 0.9f, noise) * canvas.Height);
        var paper = Between(0, 255, noise);
        var ink = paper < 128 ? Between(paper + 60, 255, noise) : Between(0, paper - 60, noise);
        canvas.Rectangle(left - (height / 3), top - (height / 3), length + height, height * 5 / 3, Colour(paper, Between(0.2f, 1, noise), noise));
        var paint = Colour(ink, 1, noise);
        for (var x = left; x < left + length; x += Between(0.65f, 0.8f, noise) * height)
        {
            if (noise.Below(6) > 0)
                DrawMark(canvas, x, top, height, paint, noise);
        }
    }

    /// <summary>A few strokes between the points of a grid of 3 by 4, as letters have them: upright ones above all.</summary>
    private static void DrawMark(SyntheticCanvas canvas, float left, float top, float height, Paint paint, Noise noise)
    {
        var (stepX, stepY, thickness) = (height / 4, height / 3, Math.Max(1, height / 8));
        canvas.Stroke(left, top, left, top + height, thickness, paint);
        for (var stroke = 0; stroke < 3; stroke++)
        {
            var (column, row) = (noise.Below(3), noise.Below(4));
            var (across, down) = noise.Below(2) == 0 ? (noise.Below(3), row) : (column, noise.Below(4));
            canvas.Stroke(left + (column * stepX), top + (row * stepY), left + (across * stepX), top + (down * stepY), thickness, paint);
        }
    }

    private static Paint Colour(float brightness, float opacity, Noise noise) =>
        new(brightness + (20 * noise.Normal()), brightness + (20 * noise.Normal()), brightness + (20 * noise.Normal()), opacity);

    private static float Between(float least, float greatest, Noise noise) => float.Lerp(least, greatest, (float)noise.Uniform());
}
