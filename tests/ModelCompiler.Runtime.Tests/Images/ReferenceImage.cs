namespace ModelCompiler.Tests.Images;

/// <summary>An image as a function of its upright pixels: what a <see cref="PixelBuffer"/> means, without its memory.</summary>
internal sealed record ReferenceImage(int Width, int Height, Func<int, int, ReferencePixel> At)
{
    public ReferenceImage Rotated(int degrees) => degrees switch
    {
        90 => new(Height, Width, (x, y) => At(y, Height - 1 - x)),
        180 => new(Width, Height, (x, y) => At(Width - 1 - x, Height - 1 - y)),
        270 => new(Height, Width, (x, y) => At(Width - 1 - y, x)),
        _ => this,
    };

    public ReferenceImage Mirrored() => this with { At = (x, y) => At(Width - 1 - x, y) };

    public ReferenceImage Crop(int left, int top, int width, int height) => new(width, height, (x, y) => At(left + x, top + y));
}

/// <summary>Red, green and blue in 0–255, before any rounding, and what a model of one channel sees.</summary>
internal readonly record struct ReferencePixel(double R, double G, double B, double Gray)
{
    public static ReferencePixel FromRgb(double r, double g, double b) => new(r, g, b, (0.299 * r) + (0.587 * g) + (0.114 * b));

    public static ReferencePixel FromGray(double value) => new(value, value, value, value);

    /// <summary>The definitions of ITU-R BT.601 and BT.709, solved for red, blue and then green.</summary>
    public static ReferencePixel FromYuv(double y, double u, double v, YuvColor color)
    {
        var (kr, kb) = color is YuvColor.Bt601 or YuvColor.Bt601Full ? (0.299, 0.114) : (0.2126, 0.0722);
        var isFull = color is YuvColor.Bt601Full or YuvColor.Bt709Full;
        var luma = isFull ? y / 255 : (y - 16) / 219;
        var (pb, pr) = ((u - 128) / (isFull ? 255 : 224), (v - 128) / (isFull ? 255 : 224));
        var b = luma + (2 * (1 - kb) * pb);
        var r = luma + (2 * (1 - kr) * pr);
        var g = (luma - (kr * r) - (kb * b)) / (1 - kr - kb);
        return new(255 * r, 255 * g, 255 * b, 255 * luma);
    }
}
