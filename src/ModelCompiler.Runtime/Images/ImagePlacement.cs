using System.Globalization;

namespace ModelCompiler;

/// <summary>A rectangle of pixels.</summary>
internal readonly record struct PixelRectangle(int X, int Y, int Width, int Height);

/// <summary>Where a resized image lies in the model's input, before any pixel is touched.</summary>
/// <param name="OutputWidth">Width of the model's input.</param>
/// <param name="OutputHeight">Height of the model's input.</param>
/// <param name="ResizedWidth">Width the whole source is scaled to.</param>
/// <param name="ResizedHeight">Height the whole source is scaled to.</param>
/// <param name="Visible">The part of the resized image that is used, in its own pixels.</param>
/// <param name="Left">Column of the output where the visible part starts.</param>
/// <param name="Top">Row of the output where the visible part starts.</param>
internal readonly record struct ImagePlacement(
    int OutputWidth, int OutputHeight, int ResizedWidth, int ResizedHeight, PixelRectangle Visible, int Left, int Top)
{
    public bool FillsOutput => Visible.Width == OutputWidth && Visible.Height == OutputHeight;

    public static ImagePlacement Create(Resizing resize, int? centerCrop, int width, int height)
    {
        if (width <= 0 || height <= 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The image is empty ({width}×{height} pixels)."), nameof(width));

        var placement = resize.Mode switch
        {
            ResizeMode.ShortSide => ShortSide(resize.Width, width, height),
            ResizeMode.Stretch => Whole(resize.Width, resize.Height),
            ResizeMode.Letterbox => Letterbox(resize, width, height),
            _ => Whole(width, height),
        };
        return centerCrop is { } side ? placement.CropCenter(side) : placement;
    }

    public ImageGeometry Geometry(int sourceWidth, int sourceHeight) => new(
        (double)ResizedWidth / sourceWidth,
        (double)ResizedHeight / sourceHeight,
        Left - Visible.X,
        Top - Visible.Y);

    private static ImagePlacement Whole(int width, int height) =>
        new(width, height, width, height, new PixelRectangle(0, 0, width, height), 0, 0);

    // The longer side is rounded down, as torchvision's Resize(int) does.
    private static ImagePlacement ShortSide(int length, int width, int height) => width <= height
        ? Whole(length, checked((int)((long)length * height / width)))
        : Whole(checked((int)((long)length * width / height)), length);

    private static ImagePlacement Letterbox(Resizing box, int width, int height)
    {
        var ratio = Math.Min((double)box.Width / width, (double)box.Height / height);
        var fitted = Whole(Scaled(width, ratio, box.Width), Scaled(height, ratio, box.Height));
        var centred = box.Position == LetterboxPosition.Center;
        return fitted with
        {
            OutputWidth = box.Width,
            OutputHeight = box.Height,
            Left = centred ? (box.Width - fitted.ResizedWidth) / 2 : 0,
            Top = centred ? (box.Height - fitted.ResizedHeight) / 2 : 0,
        };
    }

    private static int Scaled(int length, double ratio, int limit) =>
        Math.Clamp((int)Math.Round(length * ratio, MidpointRounding.AwayFromZero), 1, limit);

    // Half pixels round to even, as torchvision's CenterCrop does.
    private ImagePlacement CropCenter(int side)
    {
        if (side <= 0 || side > OutputWidth || side > OutputHeight)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A centre crop of {side}×{side} does not fit an image of {OutputWidth}×{OutputHeight} pixels. Resize to a larger size first."), nameof(side));
        }

        var x = (int)Math.Round((OutputWidth - side) / 2.0, MidpointRounding.ToEven);
        var y = (int)Math.Round((OutputHeight - side) / 2.0, MidpointRounding.ToEven);
        return Cut(x, y, side);
    }

    private ImagePlacement Cut(int x, int y, int side)
    {
        var left = Math.Max(Left, x);
        var top = Math.Max(Top, y);
        var right = Math.Min(Left + Visible.Width, x + side);
        var bottom = Math.Min(Top + Visible.Height, y + side);
        var visible = new PixelRectangle(Visible.X + left - Left, Visible.Y + top - Top, Math.Max(0, right - left), Math.Max(0, bottom - top));
        return this with { OutputWidth = side, OutputHeight = side, Visible = visible, Left = left - x, Top = top - y };
    }
}
