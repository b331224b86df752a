using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Confidence;

/// <summary>Scores of classes as logits, and logits as probabilities.</summary>
internal static class ClassLogits
{
    /// <summary>What the probability of a label counts as at least, so that a single 0 does not decide everything: the resolution of float32 near 1.</summary>
    private const double LeastProbability = 1.1920929e-7;

    /// <summary>The scores as they are, or the logarithms of probabilities, −∞ for 0 and what rounding left below: no temperature makes these more.</summary>
    public static float[] Of(ReadOnlySpan<float> scores, OutputKind kind)
    {
        var logits = scores.ToArray();
        for (var i = 0; kind == OutputKind.Probabilities && i < logits.Length; i++)
            logits[i] = (float)Math.Log(Math.Max(logits[i], 0));
        return logits;
    }

    /// <summary>ln Σ exp(z / T), the logarithm of what softmax divides by. The largest is taken away first, so that no exponential overflows.</summary>
    public static double LogSumExp(ReadOnlySpan<float> logits, double temperature)
    {
        double largest = logits[0];
        foreach (var logit in logits)
            largest = Math.Max(largest, logit);
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp((logit - largest) / temperature);
        return (largest / temperature) + Math.Log(sum);
    }

    /// <summary>−ln p(label), never more than what the least probability gives.</summary>
    public static double NegativeLogLikelihood(double logProbability) => -Math.Max(logProbability, Math.Log(LeastProbability));
}
