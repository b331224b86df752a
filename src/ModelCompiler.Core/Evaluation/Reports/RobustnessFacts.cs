using ModelCompiler.Evaluation.Robustness;

namespace ModelCompiler.Evaluation.Reports;

/// <summary>How original and compiled model do while more and more happens to images.</summary>
/// <param name="Metric"><c>top1</c> or <c>AP50</c> by labels, else <c>agreement</c> with the original's answer to the clean image; null where nothing was measured.</param>
/// <param name="Samples">Images that were judged, each in every strength of every corruption.</param>
/// <param name="Original">Of clean images, from 0 to 1.</param>
/// <param name="Compiled">Of clean images, from 0 to 1.</param>
/// <param name="Corruptions">What happened to them.</param>
/// <param name="NotMeasured">Why nothing was measured; null where it was.</param>
public sealed record RobustnessFacts(string? Metric, int Samples, double? Original, double? Compiled, IReadOnlyList<CorruptionFacts> Corruptions, string? NotMeasured)
{
    internal static RobustnessFacts Not(string why) => new(null, 0, null, null, [], why);

    internal static RobustnessFacts Of(RobustnessCurves curves, bool isLabelled) => new(
        isLabelled ? curves.Clean.Metric : "agreement",
        curves.Clean.Samples,
        Rounded.Share(curves.Clean.Original),
        Rounded.Share(curves.Clean.Compiled),
        [.. curves.Corruptions.Select(CorruptionFacts.Of)],
        null);
}

/// <param name="Name">What happened: <c>noise</c>, <c>blur</c>, <c>jpeg</c>, <c>brightness</c>, <c>contrast</c>, <c>rotation</c> or <c>occlusion</c>.</param>
/// <param name="Curve">One point for each strength.</param>
/// <param name="Drop">Original minus compiled, the mean over all strengths.</param>
/// <param name="PValue">How likely so large a loss beyond the one on clean images would be if both models were equally robust; of this corruption alone.</param>
/// <param name="LessRobust">True where the compiled model is less robust than the original by more than chance, all corruptions considered.</param>
public sealed record CorruptionFacts(string Name, IReadOnlyList<CorruptionPoint> Curve, double Drop, double PValue, bool LessRobust)
{
    internal static CorruptionFacts Of(CorruptionCurve curve) => new(
        curve.Name,
        [.. curve.Points.Select((point, i) => new CorruptionPoint(i + 1, Rounded.Share(point.Original), Rounded.Share(point.Compiled)))],
        Rounded.Share(curve.Drop),
        Rounded.Share(curve.PValue),
        curve.IsLessRobust);
}

/// <param name="Strength">From 1, hardly to be seen, to 5, severe.</param>
/// <param name="Original">The original's figure, from 0 to 1.</param>
/// <param name="Compiled">The compiled model's figure, from 0 to 1.</param>
public sealed record CorruptionPoint(int Strength, double Original, double Compiled);
