using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>MC3019 and MC3020: what the samples leave open of the limits of accuracy.</summary>
internal sealed class EvidenceLimit : ILimit
{
    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form) => form.IsRounded
        ? new EvidenceGaps(form.Job, form.Budgets).Of(form.Comparison, form.Comparison is { } comparison ? form.Losses.AgreementOf(comparison) : null)
        : [];
}
