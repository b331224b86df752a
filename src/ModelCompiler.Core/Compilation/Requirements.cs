using ModelCompiler.Compilation.Gate;
using ModelCompiler.Compilation.Pruning;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation;

/// <summary>Refuses what a job asks for and this version does not do, before any work is done.</summary>
internal static class Requirements
{
    /// <exception cref="DiagnosticException">MC0001 no such model; MC3008 not available; MC0003 a ratio that says nothing; MC0027 limits that contradict each other.</exception>
    public static void Check(CompileJob job)
    {
        if (!File.Exists(job.Model))
            throw new DiagnosticException(DiagnosticRules.ModelFileMissing.Create(job.Model, job.Model));
        var options = job.Options.Compile;
        _ = PruningWish.Of(job);
        Refuse(job, options.Distill is true || options.Teacher is not null, "Distill", "Leave Distill and Teacher out.");
        Contradictions.Check(job);
    }

    private static void Refuse(CompileJob job, bool isAsked, string what, string instead)
    {
        if (isAsked)
            throw new DiagnosticException(DiagnosticRules.NotAvailable.Create(job.Model, what, instead));
    }
}
