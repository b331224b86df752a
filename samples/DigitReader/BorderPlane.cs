using ModelCompiler;

namespace DigitReader;

/// <summary>A photo's luminance, and how light falls on it: the plane that fits its border best, where there is little ink.</summary>
internal sealed class BorderPlane
{
    private readonly byte[] _gray;
    private readonly int _width;
    private readonly int _height;
    private readonly float _slopeX;
    private readonly float _slopeY;

    private BorderPlane(byte[] gray, int width, int height)
    {
        (_gray, _width, _height) = (gray, width, height);

        // The border is symmetric about the middle, so that the least-squares mean and slopes do not depend on each other.
        var border = Enumerable.Range(0, gray.Length).Where(i => i % width == 0 || i % width == width - 1 || i < width || i >= gray.Length - width).ToList();
        Mean = (float)border.Average(i => gray[i]);
        _slopeX = Slope(border, X);
        _slopeY = Slope(border, Y);
    }

    /// <summary>The border's mean luminance, 0 to 255.</summary>
    public float Mean { get; }

    public static BorderPlane Of(DecodedImage photo)
    {
        var rgb = photo.Bytes.Span;
        var gray = new byte[photo.Width * photo.Height];
        for (var i = 0; i < gray.Length; i++)
            gray[i] = (byte)((0.299f * rgb[3 * i]) + (0.587f * rgb[(3 * i) + 1]) + (0.114f * rgb[(3 * i) + 2]) + 0.5f);
        return new BorderPlane(gray, photo.Width, photo.Height);
    }

    /// <summary>The luminance, row by row, as if light fell evenly.</summary>
    public byte[] EvenOut()
    {
        var even = new byte[_gray.Length];
        for (var i = 0; i < even.Length; i++)
            even[i] = (byte)Math.Clamp(_gray[i] - (_slopeX * X(i)) - (_slopeY * Y(i)) + 0.5f, 0f, 255f);
        return even;
    }

    private float X(int pixel) => (pixel % _width) - ((_width - 1) / 2f);

    private float Y(int pixel) => (pixel / _width) - ((_height - 1) / 2f);

    private float Slope(List<int> border, Func<int, float> position) =>
        border.Sum(i => position(i) * _gray[i]) / Math.Max(border.Sum(i => position(i) * position(i)), 1f);
}
