namespace ModelCompiler.Contract;

/// <summary>
/// How an image becomes an input tensor: resized, cropped, then for each channel (byte · <see cref="Scale"/> − mean) / std,
/// in the stated colour order and layout.
/// </summary>
public sealed record ImageInput(
    ImageLayout Layout,
    ImageColor Color,
    ImageResize Resize,
    int? CenterCrop,
    float Scale,
    EquatableArray<float> Mean,
    EquatableArray<float> Std);

public enum ImageLayout
{
    Nchw,
    Nhwc,
}

public enum ImageColor
{
    Rgb,
    Bgr,
    Gray,
}

/// <summary>How an image of any size reaches the size the model wants.</summary>
/// <param name="Kind">Which of the forms.</param>
/// <param name="Width">Target width; for <see cref="ImageResizeKind.ShortSide"/> and <see cref="ImageResizeKind.Letterbox"/> the one number given.</param>
/// <param name="Height">Target height; equal to <paramref name="Width"/> where one number is given.</param>
/// <param name="Fill">The byte that fills a letterbox's bars.</param>
/// <param name="TopLeft">Whether a letterboxed image sits in the corner instead of the centre.</param>
public sealed record ImageResize(ImageResizeKind Kind, int Width, int Height, byte Fill, bool TopLeft)
{
    public static ImageResize None { get; } = new(ImageResizeKind.None, 0, 0, 0, false);
}

public enum ImageResizeKind
{
    None,
    ShortSide,
    Stretch,
    Letterbox,
}
