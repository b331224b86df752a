using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>MC3017: a class that is lost while accuracy as a whole may hold.</summary>
internal sealed class SingleClassLimit : ILimit
{
    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form)
    {
        if (form.Comparison is not { Accuracy: { } whole } || form.Classes.Over(whole) is not [var worst, ..] lost)
            yield break;
        var name = form.Original.NameOfClass(worst.Class) + (lost.Count == 1 ? "" : $" (the worst of {lost.Count} classes that lost too much)");
        yield return DiagnosticRules.ClassOverBudget.Create(
            form.Job.Model, name, Text.Percent(worst.Original), Text.Percent(worst.Compiled), worst.Samples, Text.Percent(form.Classes.MaxDrop),
            Text.Percent(whole.Original), Text.Percent(whole.Compiled), Remedies.ForClass(form, worst.Drop));
    }
}
