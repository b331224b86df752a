using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation.Gate;

/// <summary>MC3004 and MC3009: accuracy by labels, or what the changed answers make expect of it.</summary>
internal sealed class AccuracyLimit : ILimit
{
    /// <summary>Where the project sets no budget: what nobody would call the noise of rounding. It must be more than chance, too.</summary>
    private const double Default = 0.05;

    private const string ToJudgeDetections = "Give images with box labels in Evaluation.";

    private const string ToJudgeOutputs = "Leave it out for outputs that are no answer; for scores of classes say Task=\"classification\" and give labelled samples in Evaluation.";

    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form)
    {
        if (form.Comparison is not { } comparison)
            yield break;
        var loss = form.Losses.Of(comparison);
        if (form.Budgets.MaxAccuracyDrop is not { } most)
        {
            if (form.HasDefaultLimits && loss is { IsCertain: true, Drop: > Default } && comparison.Accuracy is not { IsAgreement: true })
                yield return Over(form, loss, $"{Text.Percent(Default)}, which holds where none is set");
        }
        else if (form.IsRounded && form.Job.Options.Compile.RequireEvidence != true && WhatIsKnownInstead(comparison, loss) is var (known, remedy))
            yield return DiagnosticRules.AccuracyNotJudged.Create(form.Job.Model, Text.Percent(most), known, comparison.Samples, remedy);
        else if (loss is not null && loss.Drop > most)
            yield return Over(form, loss, Text.Percent(most));
    }

    private static ModelDiagnostic Over(JudgedForm form, AnswerLoss loss, string limit) =>
        DiagnosticRules.AccuracyOverBudget.Create(form.Job.Model, loss.InPast, loss.Samples, limit, Remedies.ForAccuracy(form, loss));

    /// <summary>What was measured where nothing tells how much accuracy is lost, and what would tell it; null where something does.</summary>
    private static (string Known, string Remedy)? WhatIsKnownInstead(Comparison comparison, AnswerLoss? loss)
    {
        if (comparison.Accuracy is { IsAgreement: true } agreement)
            return ($"a {agreement.Metric} of {Text.Percent(agreement.Compiled)}", ToJudgeDetections);
        return loss is not null || comparison.Fidelity.SqnrDb is not { } sqnr
            ? null
            : (string.Create(CultureInfo.InvariantCulture, $"a signal to noise of {sqnr:0.0} dB"), ToJudgeOutputs);
    }
}
