using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Confidence;

namespace ModelCompiler.Evaluation.Reports;

/// <summary>Whether a labelled classifier is as often right as its probabilities say.</summary>
/// <param name="Output">The output that probabilities are read from.</param>
/// <param name="Kind"><c>probabilities</c> or <c>logits</c>.</param>
/// <param name="Samples">Labelled samples that were judged.</param>
/// <param name="Original">Of the original; null where there was no reference.</param>
/// <param name="Compiled">Of the compiled model.</param>
/// <param name="Temperature">What a temperature would change in the compiled model.</param>
/// <param name="NotMeasured">Why nothing could be measured; null where it was.</param>
public sealed record CalibrationFacts(string? Output, string? Kind, int Samples, ReliabilityFacts? Original, ReliabilityFacts? Compiled, TemperatureFacts? Temperature, string? NotMeasured)
{
    /// <summary>Two models; null where answers are not judged by labels of classes.</summary>
    public static CalibrationFacts? Of(Accuracy? accuracy) => accuracy is not Top1Accuracy { IsAgreement: false } top1 ? null : top1.Reliability is { } reliability
        ? new(
            reliability.Scores.Name,
            OptionWords.Word(reliability.Scores.Kind),
            reliability.Compiled.Samples,
            ReliabilityFacts.Of(reliability.Original),
            ReliabilityFacts.Of(reliability.Compiled),
            TemperatureFacts.Of(reliability.HeldOut, reliability.Scores.Temperature),
            null)
        : new(null, null, 0, null, null, null, "nothing tells whether the scores are probabilities or logits; say so with the output's kind in the sidecar");

    /// <summary>One model without a reference.</summary>
    public static CalibrationFacts? Alone(Accuracy? accuracy) => Of(accuracy) is { } facts ? facts with { Original = null } : null;
}

/// <param name="Ece">Expected calibration error, in 15 bins of equal width: the mean distance of confidence and accuracy, from 0 to 1.</param>
/// <param name="Nll">Negative log likelihood of the labels, a sample.</param>
/// <param name="Bins">From confidence 0 to 1.</param>
public sealed record ReliabilityFacts(double Ece, double Nll, IReadOnlyList<ReliabilityBinFacts> Bins)
{
    internal static ReliabilityFacts Of(ReliabilityCurve curve) => new(
        Rounded.Share(curve.ExpectedCalibrationError), Rounded.Share(curve.NegativeLogLikelihood), [.. curve.Bins.Select(ReliabilityBinFacts.Of)]);
}

/// <param name="Samples">Answers whose confidence is in the bin.</param>
/// <param name="Confidence">Their mean; null where there are none.</param>
/// <param name="Accuracy">The share of them that is right; null where there are none.</param>
public sealed record ReliabilityBinFacts(int Samples, double? Confidence, double? Accuracy)
{
    internal static ReliabilityBinFacts Of(ReliabilityBin bin) =>
        bin.Samples == 0 ? new(0, null, null) : new(bin.Samples, Rounded.Share(bin.Confidence), Rounded.Share(bin.Accuracy));
}

/// <summary>The temperature that makes the labels likeliest; before and after are judged on samples that it was not fitted on.</summary>
/// <param name="InUse">The one that the sidecar says, 1 where it says none.</param>
/// <param name="Fitted">The likeliest; null where the samples do not tell.</param>
/// <param name="FittedOn">Samples that it was fitted on.</param>
/// <param name="JudgedOn">Samples that it was judged on.</param>
/// <param name="EceBefore">Expected calibration error with the one in use.</param>
/// <param name="EceAfter">The same with the fitted one.</param>
/// <param name="NllBefore">Negative log likelihood with the one in use.</param>
/// <param name="NllAfter">The same with the fitted one.</param>
/// <param name="NotMeasured">Why the samples do not tell; null where they do.</param>
public sealed record TemperatureFacts(
    double InUse, double? Fitted, int FittedOn, int JudgedOn, double? EceBefore, double? EceAfter, double? NllBefore, double? NllAfter, string? NotMeasured)
{
    /// <summary>What a fit found.</summary>
    public static TemperatureFacts Of(TemperatureFit fit, double inUse) => new(
        inUse,
        fit.Temperature is { } temperature ? Rounded.Ratio(temperature) : null,
        fit.FittedOn,
        fit.After?.Samples ?? 0,
        Rounded.Share(fit.Before?.ExpectedCalibrationError),
        Rounded.Share(fit.After?.ExpectedCalibrationError),
        Rounded.Share(fit.Before?.NegativeLogLikelihood),
        Rounded.Share(fit.After?.NegativeLogLikelihood),
        fit.Reason);
}
