using ModelCompiler;

namespace DigitReader;

/// <summary>
/// Cuts the digit out of a photo and frames it as the model was trained: white on black, 20 pixels on its longer side, its centre of mass
/// in the middle of 28×28.
/// </summary>
internal static class DigitFraming
{
    public const int Side = 28;
    private const int BoxSide = 20;

    /// <summary>28×28 gray pixels, row by row.</summary>
    public static byte[] Frame(DecodedImage photo)
    {
        var ink = InkMap.Of(photo);
        var bounds = ink.Bounds();
        var (width, height) = (bounds.Right - bounds.Left, bounds.Bottom - bounds.Top);
        var scale = (float)Math.Max(width, height) / BoxSide;
        var box = new float[BoxSide, BoxSide];
        for (var y = 0; y < BoxSide; y++)
        {
            for (var x = 0; x < BoxSide; x++)
                box[y, x] = AreaAverage(ink, bounds.Left + (x * scale), bounds.Top + (y * scale), scale);
        }

        return CentreByMass(box);
    }

    /// <summary>The mean ink of a square of the photo; pixels count by the share of them that lies inside.</summary>
    private static float AreaAverage(InkMap ink, float left, float top, float size)
    {
        var sum = 0f;
        for (var y = (int)top; y < Math.Min(ink.Height, top + size); y++)
        {
            var rows = Math.Min(y + 1, top + size) - Math.Max(y, top);
            for (var x = (int)left; x < Math.Min(ink.Width, left + size); x++)
                sum += ink[x, y] * rows * (Math.Min(x + 1, left + size) - Math.Max(x, left));
        }

        return sum / (size * size);
    }

    private static byte[] CentreByMass(float[,] box)
    {
        var (mass, massX, massY, strongest) = (1e-6f, 0f, 0f, 1e-6f);
        for (var i = 0; i < BoxSide * BoxSide; i++)
        {
            var ink = box[i / BoxSide, i % BoxSide];
            (mass, massX, massY) = (mass + ink, massX + (ink * ((i % BoxSide) + 0.5f)), massY + (ink * ((i / BoxSide) + 0.5f)));
            strongest = Math.Max(strongest, ink);
        }

        var (left, top) = (Offset(massX / mass), Offset(massY / mass));
        var framed = new byte[Side * Side];
        for (var i = 0; i < BoxSide * BoxSide; i++)
            framed[((top + (i / BoxSide)) * Side) + left + (i % BoxSide)] = (byte)(255f * box[i / BoxSide, i % BoxSide] / strongest);
        return framed;
    }

    /// <summary>Where the box starts so that its centre of mass is the frame's middle, as far as the frame has room.</summary>
    private static int Offset(float centre) => Math.Clamp((int)MathF.Round((Side / 2f) - centre), 0, Side - BoxSide);
}
