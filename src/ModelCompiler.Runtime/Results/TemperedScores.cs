using System.Numerics.Tensors;

namespace ModelCompiler;

/// <summary>softmax(z / T), of logits z or of the logarithms of probabilities.</summary>
internal static class TemperedScores
{
    /// <summary>The scores of all classes.</summary>
    public static void OfLogits(ReadOnlySpan<float> logits, float temperature, Span<float> scores)
    {
        // The maximum is taken away first, so that no exponential overflows.
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), scores);
        TensorPrimitives.Divide(scores, temperature, scores);
        TensorPrimitives.Exp(scores, scores);
        TensorPrimitives.Divide(scores, TensorPrimitives.Sum<float>(scores), scores);
    }

    /// <summary>The score of one class.</summary>
    public static float OfLogit(ReadOnlySpan<float> logits, int index, float temperature)
    {
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp((logit - logits[index]) / (double)temperature);
        return (float)(1 / sum);
    }

    /// <summary>The scores of all classes: softmax(ln p / T) is p^(1/T), divided by its sum. All are 0 where no probability is above 0.</summary>
    public static void OfProbabilities(ReadOnlySpan<float> probabilities, float temperature, Span<float> scores)
    {
        TensorPrimitives.Max(probabilities, 0, scores); // rounding may have left one below 0
        var most = TensorPrimitives.Max<float>(scores);
        if (most == 0)
            return;
        TensorPrimitives.Divide(scores, most, scores);
        TensorPrimitives.Pow(scores, 1 / temperature, scores);
        TensorPrimitives.Divide(scores, TensorPrimitives.Sum<float>(scores), scores);
    }

    /// <summary>The score of the likeliest class; 0 where no probability is above 0.</summary>
    public static float OfProbability(ReadOnlySpan<float> probabilities, int index, float temperature)
    {
        if (!(probabilities[index] > 0))
            return 0;
        var sum = 0.0;
        foreach (var probability in probabilities)
            sum += Math.Pow(Math.Max(probability, 0) / (double)probabilities[index], 1.0 / temperature);
        return (float)(1 / sum);
    }
}
