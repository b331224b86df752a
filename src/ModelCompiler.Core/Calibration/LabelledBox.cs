namespace ModelCompiler.Calibration;

/// <summary>An object that is known to be in a picture.</summary>
/// <param name="Class">Index of its class.</param>
/// <param name="Box">In the picture's pixels.</param>
public readonly record struct LabelledBox(int Class, BoundingBox Box);
