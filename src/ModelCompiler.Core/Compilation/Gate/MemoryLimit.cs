using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>MC3028: the memory that loading and running takes, where this machine can measure it.</summary>
internal sealed class MemoryLimit : ILimit
{
    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form)
    {
        if (form.Budgets.MaxMemory is { } most && form.Evidence.Memory is { } memory && memory.Compiled > most)
            yield return DiagnosticRules.MemoryOverBudget.Create(form.Job.Model, Text.Bytes(memory.Compiled), Text.Bytes(most), Remedies.ForMemory(form, memory.Compiled));
    }
}
