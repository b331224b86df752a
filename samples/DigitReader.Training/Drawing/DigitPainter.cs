using System.Numerics;

namespace DigitReader.Training.Drawing;

/// <summary>
/// Paints training digits: white ink on black, 28×28 values from 0 to 1. A digit fills a 20×20 box and its centre of mass lies in the
/// middle of the image, the convention of LeCun, Cortes and Burges' digit sets, which readers of digits have shared since.
/// </summary>
internal static class DigitPainter
{
    public const int Side = 28;
    private const int BoxSide = 20;
    private const int Oversampling = 2;
    private const int CanvasSide = 40 * Oversampling;

    /// <summary>Paints one way of writing <paramref name="digit"/> into <paramref name="image"/> (28×28, row by row).</summary>
    public static void Paint(int digit, RandomSource random, Span<float> image)
    {
        var strokes = Handwriting.Write(digit, random);
        var pen = Pen.Random(random);
        var loose = random.Chance(0.25f);
        var size = BoxSide * Oversampling * (loose ? random.Between(0.8f, 1.12f) : 1f);
        Placement.Fit(strokes, pen, size, new Vector2(CanvasSide / 2f));

        var canvas = new InkCanvas(CanvasSide, CanvasSide);
        pen.Draw(canvas, strokes, size);
        if (random.Chance(0.06f))
            SkipSomewhere(canvas, strokes, pen.Radius * size, random);

        var shift = loose ? new Vector2(random.Normal(1.2f), random.Normal(1.2f)) : Vector2.Zero;
        Reduce(canvas.Coverage(random.Between(1f, 2.2f)), shift, image);
        InkTexture.Apply(image, random);
    }

    private static void SkipSomewhere(InkCanvas canvas, List<List<Vector2>> strokes, float radius, RandomSource random)
    {
        var stroke = strokes[random.Index(strokes.Count)];
        canvas.EraseDisc(stroke[random.Index(stroke.Count)], radius * random.Between(0.5f, 1.2f));
    }

    /// <summary>Averages blocks of canvas pixels into the image so that the centre of mass, moved by whole pixels, comes to the middle.</summary>
    private static void Reduce(float[] coverage, Vector2 shift, Span<float> image)
    {
        var mass = CentreOfMass(coverage);
        var left = Offset(mass.X, shift.X);
        var top = Offset(mass.Y, shift.Y);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
                image[(y * Side) + x] = BlockAverage(coverage, left + (x * Oversampling), top + (y * Oversampling));
        }
    }

    private static int Offset(float mass, float shift) => (int)MathF.Round(mass - (Oversampling * ((Side / 2f) + MathF.Round(shift))));

    private static float BlockAverage(float[] coverage, int left, int top)
    {
        var sum = 0f;
        for (var y = top; y < top + Oversampling; y++)
        {
            for (var x = left; x < left + Oversampling; x++)
            {
                if ((uint)x < CanvasSide && (uint)y < CanvasSide)
                    sum += coverage[(y * CanvasSide) + x];
            }
        }

        return sum / (Oversampling * Oversampling);
    }

    private static Vector2 CentreOfMass(float[] coverage)
    {
        var sum = Vector3.Zero;
        for (var i = 0; i < coverage.Length; i++)
        {
            if (coverage[i] > 0f)
                sum += coverage[i] * new Vector3((i % CanvasSide) + 0.5f, (i / CanvasSide) + 0.5f, 1f);
        }

        return new Vector2(sum.X, sum.Y) / Math.Max(sum.Z, 1e-6f);
    }
}
