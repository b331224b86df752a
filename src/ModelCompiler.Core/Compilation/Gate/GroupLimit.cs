using ModelCompiler.Contract;
using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation.Gate;

/// <summary>MC3017 and MC3021: a class or a slice that is lost while accuracy as a whole may hold.</summary>
internal sealed class GroupLimit : ILimit
{
    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form)
    {
        if (form.Comparison?.Accuracy is not Top1Accuracy whole)
            yield break;
        if (form.Groups.LostClass(whole) is var (lostClass, ofClass))
            yield return Create(DiagnosticRules.ClassOverBudget, form, lostClass, ofClass, whole);
        if (form.Groups.LostSlice(whole) is var (lostSlice, ofSlice))
            yield return Create(DiagnosticRules.SliceOverBudget, form, lostSlice, ofSlice, whole);
    }

    private static ModelDiagnostic Create(DiagnosticRule rule, JudgedForm form, string name, GroupAccuracy group, Top1Accuracy whole) => rule.Create(
        form.Job.Model, name, Text.Percent(group.Original), Text.Percent(group.Compiled), group.Samples, Text.Percent(form.Groups.MaxDrop),
        Text.Percent(whole.Original), Text.Percent(whole.Compiled), Remedies.ForGroup(form, group.Drop));
}
