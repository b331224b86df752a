namespace ModelCompiler.Evaluation;

/// <summary>Reads scores of classes as probabilities.</summary>
internal static class ClassProbabilities
{
    /// <summary>The sum of probabilities, give or take what float16 loses.</summary>
    private const double Tolerance = 1e-2;

    /// <summary>
    /// How many right answers in a row's place one may expect to lose by answering <paramref name="instead"/> of <paramref name="best"/>, by what the scores say
    /// themselves: the difference of the two probabilities, from 0 to 1.
    /// </summary>
    /// <param name="scores">Of one row: probabilities, or logits, which a softmax turns into such.</param>
    /// <param name="best">The class with the highest score.</param>
    /// <param name="instead">The class that is answered; <see cref="TopClass.None"/> where none is, which is never right.</param>
    public static double Lost(ReadOnlySpan<float> scores, int best, int instead)
    {
        if (best == instead)
            return 0;
        if (AreProbabilities(scores))
            return scores[best] - (instead == TopClass.None ? 0 : (double)scores[instead]);
        var sum = 0.0;
        foreach (var score in scores)
            sum += Math.Exp(score - (double)scores[best]);
        return (1 - (instead == TopClass.None ? 0 : Math.Exp(scores[instead] - (double)scores[best]))) / sum;
    }

    /// <summary>Whether none is below 0 and all together are 1.</summary>
    public static bool AreProbabilities(ReadOnlySpan<float> scores)
    {
        var sum = 0.0;
        foreach (var score in scores)
        {
            if (score < 0)
                return false;
            sum += score;
        }

        return Math.Abs(sum - 1) < Tolerance;
    }
}
