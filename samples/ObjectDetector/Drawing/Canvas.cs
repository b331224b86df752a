using System.Drawing;
using ModelCompiler;

namespace ObjectDetector.Drawing;

/// <summary>A copy of a photo that can be drawn on.</summary>
internal sealed class Canvas(DecodedImage photo)
{
    private readonly byte[] _bytes = photo.Bytes.ToArray();
    private readonly List<Rectangle> _tags = [];

    /// <summary>Lines and letters grow with the picture: a dot is one pixel of a thumbnail, two of a photo of 640×480.</summary>
    private readonly int _dot = Math.Max(1, Math.Min(photo.Width, photo.Height) / 200);

    public int Width { get; } = photo.Width;

    public int Height { get; } = photo.Height;

    /// <summary>Red, green, blue, row after row.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Draws the four edges of a box, inside of it.</summary>
    public void Frame(BoundingBox box, Color color)
    {
        var outer = Pixels(box);
        var inner = Rectangle.Inflate(outer, -_dot, -_dot);
        Fill(Rectangle.FromLTRB(outer.Left, outer.Top, outer.Right, inner.Top), color);
        Fill(Rectangle.FromLTRB(outer.Left, inner.Bottom, outer.Right, outer.Bottom), color);
        Fill(Rectangle.FromLTRB(outer.Left, outer.Top, inner.Left, outer.Bottom), color);
        Fill(Rectangle.FromLTRB(inner.Right, outer.Top, outer.Right, outer.Bottom), color);
    }

    /// <summary>Writes a label above a box, or further down along its left edge where there is no room; a label that finds none is left out, so that others can be read.</summary>
    public void Tag(BoundingBox box, string label, Color color)
    {
        var frame = Pixels(box);
        var size = new Size(_dot * (PixelFont.WidthOf(label) + 3), _dot * (PixelFont.Height + 3));
        var left = Math.Max(0, Math.Min(frame.Left, Width - size.Width));
        for (var top = frame.Top < size.Height ? frame.Top : frame.Top - size.Height; top + size.Height <= Math.Max(frame.Bottom, frame.Top + size.Height); top += size.Height)
        {
            var place = new Rectangle(new Point(left, top), size);
            if (_tags.Exists(tag => tag.IntersectsWith(place)))
                continue;

            _tags.Add(place);
            Fill(place, color);
            foreach (var (x, y) in PixelFont.DotsOf(label))
                Fill(new Rectangle(left + (_dot * (x + 2)), top + (_dot * (y + 2)), _dot, _dot), Palette.TextOn(color));
            return;
        }
    }

    /// <summary>The pixels that a box touches.</summary>
    private static Rectangle Pixels(BoundingBox box) =>
        Rectangle.FromLTRB((int)box.Left, (int)box.Top, (int)MathF.Ceiling(box.Right), (int)MathF.Ceiling(box.Bottom));

    private void Fill(Rectangle area, Color color)
    {
        area.Intersect(new Rectangle(0, 0, Width, Height));
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++)
                ((ReadOnlySpan<byte>)[color.R, color.G, color.B]).CopyTo(_bytes.AsSpan(3 * ((y * Width) + x)));
        }
    }
}
