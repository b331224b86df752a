namespace ModelCompiler.Calibration;

/// <summary>The picture that a sample's image was made from.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Geometry">Where its pixels ended up in the model's input.</param>
public sealed record Picture(int Width, int Height, ImageGeometry Geometry);
