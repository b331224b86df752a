namespace DigitReader.Training.Drawing;

/// <summary>A gray picture: one byte a pixel, row by row, 0 = black.</summary>
internal sealed class GrayImage(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public byte[] Pixels { get; } = new byte[width * height];

    /// <summary>Copies a painted digit (values 0 to 1) with its top left corner at the given pixel.</summary>
    public void Place(ReadOnlySpan<float> digit, int side, int left, int top)
    {
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
                Pixels[((top + y) * Width) + left + x] = (byte)MathF.Round(digit[(y * side) + x] * 255f);
        }
    }
}
