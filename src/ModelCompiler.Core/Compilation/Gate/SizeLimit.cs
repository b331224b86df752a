using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>MC3002: the asset's bytes.</summary>
internal sealed class SizeLimit : ILimit
{
    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form)
    {
        if (form.Budgets.MaxSize is { } most && form.Candidate.Bytes > most)
            yield return DiagnosticRules.SizeOverBudget.Create(form.Job.Model, Text.Bytes(form.Candidate.Bytes), Text.Bytes(most), Remedies.ForSize(form, most));
    }
}
