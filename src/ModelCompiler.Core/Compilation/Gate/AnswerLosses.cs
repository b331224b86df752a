using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation.Gate;

/// <summary>Reads from a comparison what the compiled model's answers are worth.</summary>
/// <param name="original">What it is compared with, and on what.</param>
internal sealed class AnswerLosses(OriginalModel original)
{
    /// <summary>Samples from which on a share of answers says something.</summary>
    public const int FewestSamples = 20;

    /// <summary>
    /// The accuracy lost; null where nothing tells. Without labels it is what the changed answers make expect; on made-up inputs, of which the original's
    /// probabilities say nothing, the share of changed answers, since accuracy cannot fall by more, for a model that is known to give answers.
    /// </summary>
    public AnswerLoss? Of(Comparison comparison)
    {
        if (comparison.Accuracy is { } accuracy)
            return Of(accuracy);
        var fidelity = comparison.Fidelity;
        var isCertain = comparison.Samples >= FewestSamples;
        if (original.AreSamplesTypical)
        {
            return fidelity.ExpectedTop1Drop is { } expected
                ? new AnswerLoss(expected, "top-1 accuracy, as the original's own probabilities make expect,", "what it is", $"{Text.Percent(expected)} less", comparison.Samples) { IsCertain = isCertain }
                : null;
        }

        return original.AnswersWithClasses && fidelity.Top1Agreement is { } agreement
            ? new AnswerLoss(1 - agreement, "agreement with the original's answers", Text.Percent(1), Text.Percent(agreement), comparison.Samples) { IsCertain = isCertain }
            : null;
    }

    /// <summary>The share of the original's answers that are the compiled model's too: what a detector finds, else the best class. Null where nothing tells.</summary>
    public double? AgreementOf(Comparison comparison) =>
        original.Detections is null ? comparison.Fidelity.Top1Agreement : comparison.Accuracy?.Agreement;

    private static AnswerLoss Of(Accuracy accuracy) => accuracy.IsError
        ? new(accuracy.Drop, accuracy.Metric, Text.Number(accuracy.Original), $"{Text.Number(accuracy.Compiled)}, by {Text.Percent(accuracy.Drop)}", accuracy.Samples) { IsError = true, IsCertain = accuracy.Drop95.Low > 0 }
        : new(accuracy.Drop, Name(accuracy), Text.Percent(accuracy.Original), Text.Percent(accuracy.Compiled), accuracy.Samples) { IsCertain = accuracy.Drop95.Low > 0 };

    private static string Name(Accuracy accuracy) => accuracy is Top1Accuracy ? "top-1 accuracy" : accuracy.Metric;
}
