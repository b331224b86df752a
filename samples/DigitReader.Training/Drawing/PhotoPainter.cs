using System.Numerics;

namespace DigitReader.Training.Drawing;

/// <summary>Paints what a phone would take: a digit somewhere on paper (or chalk on a board), unevenly lit, with a little sensor noise.</summary>
internal static class PhotoPainter
{
    /// <summary>A gray picture of 64 to 200 pixels a side; the digit takes half to four fifths of the shorter one.</summary>
    public static GrayImage Paint(int digit, RandomSource random)
    {
        var photo = new GrayImage(64 + random.Index(137), 64 + random.Index(137));
        var coverage = DrawDigit(digit, photo, random);
        var onBoard = random.Chance(0.35f);
        var (ground, ink) = onBoard
            ? (random.Between(25f, 60f), random.Between(190f, 245f))
            : (random.Between(195f, 240f), random.Between(20f, 80f));
        var light = new Vector2(random.Normal(0.12f), random.Normal(0.12f));
        for (var i = 0; i < coverage.Length; i++)
        {
            var position = new Vector2((i % photo.Width / (float)photo.Width) - 0.5f, (i / photo.Width / (float)photo.Height) - 0.5f);
            var tone = ground + ((ink - ground) * coverage[i]);
            photo.Pixels[i] = (byte)Math.Clamp((tone * (1f + Vector2.Dot(light, position))) + random.Normal(2.5f), 0f, 255f);
        }

        return photo;
    }

    private static float[] DrawDigit(int digit, GrayImage photo, RandomSource random)
    {
        var size = Math.Min(photo.Width, photo.Height) * random.Between(0.5f, 0.8f);
        var room = (new Vector2(photo.Width, photo.Height) - new Vector2(size)) / 2f;
        var centre = new Vector2(photo.Width / 2f, photo.Height / 2f) + (0.7f * room * new Vector2(random.Between(-1f, 1f), random.Between(-1f, 1f)));
        var strokes = Handwriting.Write(digit, random);
        var pen = Pen.RandomFine(random);
        Placement.Fit(strokes, pen, size, centre);
        var canvas = new InkCanvas(photo.Width, photo.Height);
        pen.Draw(canvas, strokes, size);
        return canvas.Coverage(1.5f);
    }
}
