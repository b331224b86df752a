using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>MC3018: the share of the original's answers that stay.</summary>
internal sealed class AgreementLimit : ILimit
{
    /// <summary>Where the project sets no limit, and no labels tell more: a model that gives other answers more often than not is another model.</summary>
    private const double Default = 0.5;

    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form)
    {
        if (form.Comparison is not { } comparison || form.Losses.AgreementOf(comparison) is not { } agreement)
            yield break;
        if (form.Budgets.MinAgreement is { } least)
        {
            if (agreement < least)
                yield return Under(form, agreement, Text.Percent(least));
        }
        else if (agreement < Default && HoldsByDefault(form))
            yield return Under(form, agreement, $"{Text.Percent(Default)}, which holds where none is set");
    }

    private static bool HoldsByDefault(JudgedForm form) =>
        form.HasDefaultLimits && form.Budgets.MaxAccuracyDrop is null && form.Original.AreSamplesTypical && form.Comparison!.Accuracy is null or { IsAgreement: true }
        && (form.Comparison!.Accuracy is not null || (form.Original.AnswersWithClasses && form.Comparison.Samples >= AnswerLosses.FewestSamples));

    private static ModelDiagnostic Under(JudgedForm form, double agreement, string limit) => DiagnosticRules.AgreementUnderBudget.Create(
        form.Job.Model, Text.Percent(agreement), form.Comparison!.Samples, form.Original.SampleSource, limit, Remedies.ForAgreement(form, agreement));
}
