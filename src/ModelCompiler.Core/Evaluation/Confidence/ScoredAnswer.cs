using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Confidence;

/// <summary>What a classifier says of one labelled sample.</summary>
/// <param name="Confidence">The probability of its answer, as the app shows it.</param>
/// <param name="IsRight">Whether the answer is the label.</param>
/// <param name="NegativeLogLikelihood">−ln of the probability of the label.</param>
internal readonly record struct ScoredAnswer(double Confidence, bool IsRight, double NegativeLogLikelihood)
{
    /// <summary>Null for scores that tell no answer (NaN, or no probability above 0), and where there is no such class.</summary>
    public static ScoredAnswer? Of(ReadOnlySpan<float> scores, ScoreOutput output, int label)
    {
        if (label >= scores.Length || TopClass.Of(scores, scores.Length)[0] is not (var best and not TopClass.None))
            return null;
        if (output.Kind == OutputKind.Probabilities ? scores[best] <= 0 : float.IsNegativeInfinity(scores[best]))
            return null;
        return output is { Kind: OutputKind.Probabilities, Temperature: 1 }
            ? new ScoredAnswer(Math.Clamp(scores[best], 0, 1), best == label, ClassLogits.NegativeLogLikelihood(Math.Log(scores[label])))
            : OfLogits(ClassLogits.Of(scores, output.Kind), output.Temperature, best, label);
    }

    /// <summary>By softmax(z / T).</summary>
    public static ScoredAnswer OfLogits(ReadOnlySpan<float> logits, double temperature, int best, int label)
    {
        var logSum = ClassLogits.LogSumExp(logits, temperature);
        return new ScoredAnswer(
            Math.Min(1, Math.Exp((logits[best] / temperature) - logSum)), best == label, ClassLogits.NegativeLogLikelihood((logits[label] / temperature) - logSum));
    }

    public void AddTo(ReliabilityBins bins) => bins.Add(Confidence, IsRight, NegativeLogLikelihood);
}
