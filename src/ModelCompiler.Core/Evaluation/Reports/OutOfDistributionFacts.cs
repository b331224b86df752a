using ModelCompiler.Evaluation.Confidence;

namespace ModelCompiler.Evaluation.Reports;

/// <summary>Whether a classifier is less sure of inputs that are nothing it knows.</summary>
/// <param name="Source">Where these come from: the name of the project's data set, or <c>synthetic</c>.</param>
/// <param name="InDistribution">Samples of the evaluation or calibration data.</param>
/// <param name="OutOfDistribution">Samples that are nothing it knows.</param>
/// <param name="Scores">What tells the two apart, each by itself.</param>
/// <param name="NotMeasured">Why nothing could be measured; null where it was.</param>
public sealed record OutOfDistributionFacts(string? Source, int InDistribution, int OutOfDistribution, IReadOnlyList<SeparationFacts> Scores, string? NotMeasured)
{
    internal static OutOfDistributionFacts NotTold(string reason) => new(null, 0, 0, [], reason);
}

/// <summary>How often a score is higher for an input that the model knows than for one that it does not: the area under the ROC curve. 0.5 is chance, 1 always.</summary>
/// <param name="Score"><c>maxProbability</c>, or <c>energy</c>: the logarithm of the sum of the exponentials of the logits.</param>
/// <param name="Original">Of the original.</param>
/// <param name="OriginalCi95">Lower and upper end of its 95 % interval.</param>
/// <param name="Compiled">Of the compiled model.</param>
/// <param name="CompiledCi95">Lower and upper end of its 95 % interval.</param>
public sealed record SeparationFacts(string Score, double Original, double[] OriginalCi95, double Compiled, double[] CompiledCi95)
{
    internal static SeparationFacts Of(string score, AreaUnderRoc original, AreaUnderRoc compiled) =>
        new(score, Rounded.Share(original.Area), Ends(original), Rounded.Share(compiled.Area), Ends(compiled));

    private static double[] Ends(AreaUnderRoc area) => area.Interval95 is var (low, high) ? [Rounded.Share(low), Rounded.Share(high)] : [];
}
