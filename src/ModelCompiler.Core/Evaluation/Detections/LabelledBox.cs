namespace ModelCompiler.Evaluation.Detections;

/// <summary>An object that is known to be in an image.</summary>
/// <param name="Class">Index of its class.</param>
/// <param name="Box">In the same pixels as what is found.</param>
public readonly record struct LabelledBox(int Class, BoundingBox Box);
