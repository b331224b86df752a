namespace ModelCompiler.Evaluation.Reports;

/// <param name="Method">A word of the <c>Pruning</c> metadata.</param>
/// <param name="Unit">What there is less of: <c>multiply-accumulates</c> or <c>weights</c>.</param>
/// <param name="Asked">The share that the project asked for; null where a budget was the goal.</param>
/// <param name="Removed">The share that is gone from what is shipped.</param>
/// <param name="Curve">Everything that was tried, in order; what is shipped is the last.</param>
public sealed record PruningFacts(string Method, string Unit, double? Asked, double Removed, IReadOnlyList<PruningPoint> Curve)
{
    /// <summary>The original's files in an app package, which deflates them.</summary>
    public long OriginalPackedBytes { get; init; }

    /// <summary>The same of what is shipped. Zeros among the weights count here, and nowhere else.</summary>
    public long PackedBytes { get; init; }
}

/// <summary>A point of the curve from ratio to accuracy, size and speed.</summary>
/// <param name="Ratio">The share that was to go.</param>
/// <param name="Removed">The share that went: widths are rounded to what the profile's kernels like.</param>
public sealed record PruningPoint(double Ratio, double Removed) : FormFacts;
