using ModelCompiler.Compilation.Distilling;
using ModelCompiler.Compilation.Gate;
using ModelCompiler.Compilation.Observations;
using ModelCompiler.Compilation.Pruning;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation;

/// <summary>
/// Compiles one model for one profile: tries the precisions of the plan in order, measures each against the original, ships the first that the evidence
/// allows, and writes asset and report only when every budget is kept.
/// </summary>
public static class ModelCompilation
{
    /// <summary>Compiles; bad input comes back as an error among the diagnostics, with nothing left in the output folder.</summary>
    public static CompileResult Compile(CompileJob job, ICompileProgress progress)
    {
        var diagnostics = new List<ModelDiagnostic>();
        try
        {
            OutputFiles.Clear(job);
            Requirements.Check(job);
            return job.Optimize ? Cached(job, progress, diagnostics) : PassThrough.Copy(job);
        }
        catch (DiagnosticException failure)
        {
            var diagnostic = failure.Diagnostic;
            diagnostics.Add(diagnostic with { File = diagnostic.File ?? job.Model });
            return new CompileResult(null, null, diagnostics);
        }
    }

    private static CompileResult Cached(CompileJob job, ICompileProgress progress, List<ModelDiagnostic> diagnostics)
    {
        var remarks = new List<ModelDiagnostic>();
        using var cache = ResultCache.Of(job, remarks.Add);
        using var turn = cache?.TakeTurn(() => progress.Report(new CompileStep("waiting for another build that compiles the same")));
        if (cache?.Find() is { } known)
        {
            progress.Report(new CompileStep("taken from the cache"));
            return known;
        }

        var result = Optimize(job, progress, diagnostics);
        cache?.Keep(result);
        return result with { Diagnostics = [.. result.Diagnostics, .. remarks] };
    }

    private static CompileResult Optimize(CompileJob job, ICompileProgress progress, List<ModelDiagnostic> diagnostics)
    {
        var plan = PrecisionPlan.Of(job);
        using var staging = new StagingFolder(job);
        progress.Report(new CompileStep("reading the model"));
        using var taught = TaughtStudent.Of(job, staging, progress, diagnostics.Add);
        using var original = taught?.Open(job, diagnostics.Add) ?? OriginalModel.Open(job, diagnostics.Add);
        DoubtfulPreprocessing.Refuse(job, original, progress);
        if (!original.HasCalibration)
            plan = PrecisionPlan.Of(job.WithoutCalibration);

        using var whole = StartingModel.Simplified(job, original);
        var distiller = taught?.Distiller ?? DistillerOf(job, whole, original, progress, diagnostics.Add);
        var tried = new TriedForms();
        var (shipped, pruning) = PruningWish.Of(job) is { } wish
            ? new PruningSearch(job, whole, original, distiller, tried, staging, progress).Run(wish, plan, diagnostics.Add)
            : (Unpruned(job, whole, original, plan, distiller, tried, staging, progress, diagnostics.Add), null);
        var (start, (candidate, evidence), acceptance) = shipped;

        evidence = evidence with { Memory = Evidence.Weigh(job, original, candidate, progress) };
        if (evidence.Comparison is { } comparison)
            diagnostics.AddRange(new DataRemarks(job).Of(comparison, original));
        diagnostics.AddRange(new DataReview(job, original).Warnings());
        diagnostics.AddRange(acceptance.Breaches(job, candidate, evidence));
        var report = ReportBuilder.Build(job, start, original, job.Profile.RunsOnCpu ? candidate.Confirmed() : candidate, evidence) with { Pruning = pruning, Trainings = distiller?.Trainings, Tried = tried.Facts(candidate) };
        if (!HasErrors(diagnostics))
            report = ShippedObservations.Observe(new ShippedForm(job, original, start, candidate, evidence, progress, diagnostics.Add), report);
        report = report with { Diagnostics = [.. diagnostics.Select(DiagnosticFacts.Of)] };
        if (HasErrors(diagnostics))
            return new CompileResult(null, report with { Compiled = null }, diagnostics);

        var files = CompressedAsset.Beside(job, candidate.Files);
        report = report with { Compressed = ReportBuilder.Compressed(job, files) };
        ReportFiles.Publish(job, report, staging);
        staging.Publish(files);
        return new CompileResult(job.AssetPath, report, diagnostics);
    }

    private static Shipment Unpruned(CompileJob job, StartingModel whole, OriginalModel original, PrecisionPlan plan, Distiller? distiller, TriedForms tried, StagingFolder staging, ICompileProgress progress, Action<ModelDiagnostic> report)
    {
        var acceptance = new Acceptance(Budgets.Of(job.Options.Compile, job.Profile.Budgets), original);
        return new Shipment(whole, new Trials(job, whole, original, acceptance, distiller, tried, staging, progress).Run(plan, report), acceptance);
    }

    private static Distiller? DistillerOf(CompileJob job, StartingModel whole, OriginalModel original, ICompileProgress progress, Action<ModelDiagnostic> report) =>
        DistillationWish.Of(job) is { } wish ? new Distiller(job, wish, whole.Model, original, progress, report) : null;

    private static bool HasErrors(List<ModelDiagnostic> diagnostics) => diagnostics.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
