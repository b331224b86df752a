using ModelCompiler;

namespace DigitReader;

/// <summary>How much ink each pixel of a photo holds, 0 to 1, whether the writing is darker or lighter than its ground.</summary>
internal sealed class InkMap
{
    private readonly float[] _ink;

    private InkMap(float[] ink, int width, int height) => (_ink, Width, Height) = (ink, width, height);

    public int Width { get; }

    public int Height { get; }

    public float this[int x, int y] => _ink[(y * Width) + x];

    /// <summary>Evens out the light, then separates ink from ground by Otsu's threshold: ground is the group that the photo's border belongs to.</summary>
    public static InkMap Of(DecodedImage photo)
    {
        var border = BorderPlane.Of(photo);
        var gray = border.EvenOut();
        var (dark, light) = Otsu.Split(gray);
        var (ground, ink) = Math.Abs(border.Mean - light) < Math.Abs(border.Mean - dark) ? (light, dark) : (dark, light);

        // What light and noise leave on the ground is less than a quarter ink, and counts as none.
        var contrast = Math.Abs(ink - ground) < 1f ? float.PositiveInfinity : ink - ground;
        return new InkMap(Array.ConvertAll(gray, value => Math.Clamp((((value - ground) / contrast) - 0.25f) * 2f, 0f, 1f)), photo.Width, photo.Height);
    }

    /// <summary>The smallest box that holds all ink (right and bottom exclusive), or the whole photo where there is none.</summary>
    public (int Left, int Top, int Right, int Bottom) Bounds()
    {
        var (left, top, right, bottom) = (Width, Height, 0, 0);
        for (var i = 0; i < _ink.Length; i++)
        {
            if (_ink[i] < 0.5f)
                continue;
            var (x, y) = (i % Width, i / Width);
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
        }

        return right > left ? (left, top, right, bottom) : (0, 0, Width, Height);
    }
}
