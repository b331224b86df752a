namespace ModelCompiler;

/// <summary>Where a source image's pixels ended up in a model's input, so that what the model finds can be told in source pixels.</summary>
/// <remarks>Coordinates are continuous, with a pixel's centre at one half: <c>model = source · scale + offset</c>.</remarks>
/// <param name="ScaleX">Model pixels per source pixel along the width.</param>
/// <param name="ScaleY">Model pixels per source pixel along the height.</param>
/// <param name="OffsetX">Where the source's left edge lies, in model pixels: negative where it was cropped, positive behind a letterbox's bar.</param>
/// <param name="OffsetY">Where the source's top edge lies, in model pixels.</param>
public readonly record struct ImageGeometry(double ScaleX, double ScaleY, double OffsetX, double OffsetY)
{
    /// <summary>From a point in the model's input to the same point in the source image.</summary>
    public (double X, double Y) ToSource(double x, double y) => ((x - OffsetX) / ScaleX, (y - OffsetY) / ScaleY);

    /// <summary>From a point in the source image to the same point in the model's input.</summary>
    public (double X, double Y) ToModel(double x, double y) => ((x * ScaleX) + OffsetX, (y * ScaleY) + OffsetY);
}
