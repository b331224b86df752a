using ModelCompiler.Compilation.Distilling;
using ModelCompiler.Compilation.Gate;
using ModelCompiler.Compilation.Pruning;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation;

/// <summary>Refuses what a job asks for and cannot have, before any work is done.</summary>
internal static class Requirements
{
    /// <exception cref="DiagnosticException">MC0001 no such model; MC0003 a ratio or a time that says nothing; MC3030 nothing to train on; MC0027 limits that contradict each other.</exception>
    public static void Check(CompileJob job)
    {
        if (!File.Exists(job.Model))
            throw new DiagnosticException(DiagnosticRules.ModelFileMissing.Create(job.Model, job.Model));
        _ = PruningWish.Of(job);
        _ = DistillationWish.Of(job);
        Contradictions.Check(job);
    }
}
