namespace ModelCompiler.Evaluation.Confidence;

/// <summary>
/// Sorts answers by their confidence into 15 bins of equal width, each with its upper end (Guo et al., On Calibration of Modern Neural Networks, 2017). The expected
/// calibration error is Σ n_b / n · |accuracy_b − confidence_b|.
/// </summary>
public sealed class ReliabilityBins
{
    public const int Count = 15;

    private readonly int[] _samples = new int[Count];
    private readonly int[] _right = new int[Count];
    private readonly double[] _confidence = new double[Count];
    private double _negativeLogLikelihood;

    /// <param name="confidence">The probability of the answer, from 0 to 1.</param>
    /// <param name="isRight">Whether the answer is the label.</param>
    /// <param name="negativeLogLikelihood">−ln of the probability of the label.</param>
    public void Add(double confidence, bool isRight, double negativeLogLikelihood)
    {
        var bin = Math.Clamp((int)Math.Ceiling(confidence * Count) - 1, 0, Count - 1);
        _samples[bin]++;
        _right[bin] += isRight ? 1 : 0;
        _confidence[bin] += confidence;
        _negativeLogLikelihood += negativeLogLikelihood;
    }

    /// <summary>Of all answers so far, of which there is at least one.</summary>
    public ReliabilityCurve Result()
    {
        var bins = Enumerable.Range(0, Count).Select(Bin).ToArray();
        var samples = _samples.Sum();
        return new ReliabilityCurve(samples, bins.Sum(bin => bin.Samples * Math.Abs(bin.Accuracy - bin.Confidence)) / samples, _negativeLogLikelihood / samples, bins);
    }

    private ReliabilityBin Bin(int bin) =>
        _samples[bin] is var samples and > 0 ? new(samples, _confidence[bin] / samples, (double)_right[bin] / samples) : new(0, 0, 0);
}
