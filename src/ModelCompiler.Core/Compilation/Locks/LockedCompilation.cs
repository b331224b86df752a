using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation.Locks;

/// <summary>
/// Compiles beside the lock of the model. The lock comes in when everything else is done, behind the cache of finished compiles: what it refuses is compiled all the same, so that accepting it takes no second compile.
/// </summary>
public static class LockedCompilation
{
    /// <summary>Compiles, and refuses what is worse than the model's lock (MC3024); where there is none, compiles.</summary>
    /// <returns>As <see cref="ModelCompilation.Compile"/>; also MC0020 where the lock cannot be read, before anything is compiled.</returns>
    public static CompileResult Judge(CompileJob job, ICompileProgress progress)
    {
        try
        {
            OutputFiles.Clear(job);
            var locked = job.Optimize ? ModelLockFile.Read(ModelLockFile.PathFor(job.Model, job.Name)) : null;
            var result = ModelCompilation.Compile(job, progress);
            return locked is not null && result is { AssetPath: not null, Report: { Compiled: { } compiled } report } ? Judged(job, locked, result, report, compiled) : result;
        }
        catch (DiagnosticException failure)
        {
            return new CompileResult(null, null, [failure.Diagnostic.In(job.Model)]);
        }
    }

    /// <summary>Compiles without judging by the lock, and writes into it what came of it: made anew where there is none or it cannot be read, and left alone where the compile fails or only copies.</summary>
    public static AcceptedCompile Accept(CompileJob job, ICompileProgress progress)
    {
        var result = ModelCompilation.Compile(job, progress);
        if (!job.Optimize || result is not { AssetPath: not null, Report: { Compiled: { } compiled } report })
            return new AcceptedCompile(result, null);
        try
        {
            var form = LockableForm.Of(job, report, compiled);
            return new AcceptedCompile(result, LockAcceptance.Accept(ModelLockFile.PathFor(job.Model, job.Name), form));
        }
        catch (DiagnosticException failure)
        {
            return new AcceptedCompile(Refused(job, report, [.. result.Diagnostics, failure.Diagnostic]), null);
        }
    }

    private static CompileResult Judged(CompileJob job, ModelLock locked, CompileResult result, CompileReport report, CompiledFacts compiled)
    {
        try
        {
            ModelDiagnostic[] verdict = [.. LockVerdict.Of(job.Model, locked, LockableForm.Of(job, report, compiled))];
            if (verdict is [])
                return result;
            var complete = report with { Diagnostics = [.. report.Diagnostics, .. verdict.Select(DiagnosticFacts.Of)] };
            IReadOnlyList<ModelDiagnostic> diagnostics = [.. result.Diagnostics, .. verdict];
            if (Array.Exists(verdict, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
                return Refused(job, complete, diagnostics);
            using var staging = new StagingFolder(job);
            ReportFiles.Publish(job, complete, staging);
            return result with { Report = complete, Diagnostics = diagnostics };
        }
        catch
        {
            OutputFiles.Clear(job);   // what could not be judged is not delivered
            throw;
        }
    }

    private static CompileResult Refused(CompileJob job, CompileReport report, IReadOnlyList<ModelDiagnostic> diagnostics)
    {
        OutputFiles.Clear(job);
        return new CompileResult(null, report with { Compiled = null, Compressed = null }, diagnostics);
    }
}
