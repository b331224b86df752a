using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>MC3003: the median time of a run, where this machine can measure it.</summary>
internal sealed class LatencyLimit : ILimit
{
    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form)
    {
        if (form.Budgets.MaxLatency is { } most && form.Evidence.Compiled is { } time && time.MedianUs > most.TotalMicroseconds)
            yield return DiagnosticRules.LatencyOverBudget.Create(form.Job.Model, Text.Microseconds(time.MedianUs), Text.Microseconds(most.TotalMicroseconds), Remedies.ForLatency(form, time.MedianUs));
    }
}
