using System.Globalization;

namespace ModelCompiler;

/// <summary>A rectangle around an object, in pixels: continuous coordinates, with a pixel's centre at one half.</summary>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge.</param>
/// <param name="Bottom">The lower edge.</param>
public readonly record struct BoundingBox(float Left, float Top, float Right, float Bottom)
{
    /// <summary>Zero where the right edge is left of the left one.</summary>
    public float Width => Math.Max(0, Right - Left);

    /// <summary>Zero where the lower edge is above the upper one.</summary>
    public float Height => Math.Max(0, Bottom - Top);

    /// <summary>Width times height.</summary>
    public float Area => Width * Height;

    /// <summary>A box of that size around a point.</summary>
    public static BoundingBox Around(float x, float y, float width, float height) =>
        new(x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2));

    /// <summary>The area that two boxes share, divided by the area that they cover together: 1 for the same box, 0 where they do not touch.</summary>
    public float IntersectionOverUnion(BoundingBox other)
    {
        var shared = new BoundingBox(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom)).Area;
        return shared > 0 ? shared / (Area + other.Area - shared) : 0;
    }

    /// <summary>The same box in the source image's pixels, cut where it sticks out of the image: resizing, cropping and letterbox undone.</summary>
    /// <param name="geometry">Where the source's pixels ended up in the model's input.</param>
    /// <param name="sourceWidth">Width of the source image.</param>
    /// <param name="sourceHeight">Height of the source image.</param>
    public BoundingBox ToSource(ImageGeometry geometry, int sourceWidth, int sourceHeight)
    {
        var (left, top) = geometry.ToSource(Left, Top);
        var (right, bottom) = geometry.ToSource(Right, Bottom);
        return new BoundingBox(Cut(left, sourceWidth), Cut(top, sourceHeight), Cut(right, sourceWidth), Cut(bottom, sourceHeight));
    }

    /// <summary>For example <c>(10.0, 20.5) to (30.0, 40.0)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Left:0.0}, {Top:0.0}) to ({Right:0.0}, {Bottom:0.0})");

    private static float Cut(double place, int length) => (float)Math.Clamp(place, 0, length);
}
