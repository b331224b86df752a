namespace ModelCompiler.Evaluation.Confidence;

/// <summary>How well two classifiers know how sure they may be, on the same labelled samples.</summary>
/// <param name="Scores">What the confidences are read from.</param>
/// <param name="Original">Of the original.</param>
/// <param name="Compiled">Of the compiled model.</param>
/// <param name="HeldOut">What a temperature would change in the compiled model, fitted on one half of the samples and judged on the other.</param>
public sealed record Reliability(ScoreOutput Scores, ReliabilityCurve Original, ReliabilityCurve Compiled, TemperatureFit HeldOut);

/// <summary>How often answers of each confidence are right: what a reliability diagram shows.</summary>
/// <param name="Samples">Samples that were judged.</param>
/// <param name="ExpectedCalibrationError">The mean distance of confidence and accuracy, bin by bin, weighted by samples; from 0 to 1.</param>
/// <param name="NegativeLogLikelihood">The mean of −ln p(label).</param>
/// <param name="Bins">Of equal width, from 0 to 1.</param>
public sealed record ReliabilityCurve(int Samples, double ExpectedCalibrationError, double NegativeLogLikelihood, IReadOnlyList<ReliabilityBin> Bins);

/// <summary>The answers whose confidence lies in one bin.</summary>
/// <param name="Samples">How many.</param>
/// <param name="Confidence">Their mean confidence; 0 where there are none.</param>
/// <param name="Accuracy">The share of them that is right; 0 where there are none.</param>
public sealed record ReliabilityBin(int Samples, double Confidence, double Accuracy);
