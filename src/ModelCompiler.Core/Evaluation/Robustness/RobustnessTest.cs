namespace ModelCompiler.Evaluation.Robustness;

/// <summary>Decides what meters show: a model that is worse on clean images already is not less robust for that.</summary>
internal static class RobustnessTest
{
    /// <summary>The probability, over all corruptions together, of blaming a model that is as robust as the original.</summary>
    private const double Significance = 0.01;

    /// <summary>Figures of single images, which are 0 or 1 for classifiers, are told apart by this much.</summary>
    private const double Unit = 0.01;

    /// <summary>The curves; null where no image could be judged.</summary>
    /// <param name="clean">Of clean images.</param>
    /// <param name="corruptions">A meter for each strength of each corruption.</param>
    public static RobustnessCurves? Judge(ConditionMeter clean, IReadOnlyList<(string Name, IReadOnlyList<ConditionMeter> Strengths)> corruptions)
    {
        if (clean.Result() is not { } accuracy)
            return null;
        var losses = corruptions.Select(corruption => LossesBeyondClean(clean, corruption.Strengths)).ToArray();
        var pValues = Array.ConvertAll(losses, loss => SignFlipTest.PValue(loss, Unit));
        var corrected = MultipleTests.Holm(pValues);
        return new RobustnessCurves(accuracy, [.. corruptions.Select((corruption, i) => new CorruptionCurve(
            corruption.Name, [.. corruption.Strengths.Select(meter => meter.Result()!)], pValues[i], losses[i].Sum() > 0 && corrected[i] < Significance))]);
    }

    /// <summary>For each image, what the compiled model loses over all strengths beyond what it loses without any.</summary>
    private static double[] LossesBeyondClean(ConditionMeter clean, IReadOnlyList<ConditionMeter> strengths) =>
        [.. clean.Differences.Select((difference, image) => strengths.Sum(meter => meter.Differences[image]) - (strengths.Count * difference))];
}
