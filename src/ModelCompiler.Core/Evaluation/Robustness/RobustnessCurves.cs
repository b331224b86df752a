namespace ModelCompiler.Evaluation.Robustness;

/// <summary>How two models do while more and more happens to images.</summary>
/// <param name="Clean">While nothing happens.</param>
/// <param name="Corruptions">What happens, in the order of the list.</param>
internal sealed record RobustnessCurves(Accuracy Clean, IReadOnlyList<CorruptionCurve> Corruptions);

/// <summary>How two models do under one corruption.</summary>
/// <param name="Name">Of the corruption.</param>
/// <param name="Points">One for each strength, from 1 on.</param>
/// <param name="PValue">
/// How likely so large a loss of the compiled model beyond the one on clean images would be if both were equally robust, whatever the sign: by the images, each with all its
/// strengths as one pair (<see cref="SignFlipTest"/>).
/// </param>
/// <param name="IsLessRobust">True where the compiled model loses more than on clean images, and by more than chance: corrected for the number of corruptions (Holm), p &lt; 0.01.</param>
internal sealed record CorruptionCurve(string Name, IReadOnlyList<Accuracy> Points, double PValue, bool IsLessRobust)
{
    /// <summary>Original minus compiled, the mean over all strengths.</summary>
    public double Drop => Points.Average(point => point.Drop);
}
