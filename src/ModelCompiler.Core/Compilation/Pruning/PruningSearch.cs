using ModelCompiler.Compilation.Distilling;
using ModelCompiler.Compilation.Gate;
using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation.Pruning;

/// <summary>
/// Prunes a model as far as its project asks and its budgets allow, and brings what is left into a precision: first prune, then round, one accuracy budget
/// for both.
/// </summary>
/// <param name="job">The model and its profile.</param>
/// <param name="whole">The model before pruning.</param>
/// <param name="original">What forms are compared with.</param>
/// <param name="distiller">Trains what is left; null where nothing is to be trained.</param>
/// <param name="tried">Remembers every form.</param>
/// <param name="staging">Where forms are written.</param>
/// <param name="progress">Told what takes long.</param>
internal sealed class PruningSearch(CompileJob job, StartingModel whole, OriginalModel original, Distiller? distiller, TriedForms tried, StagingFolder staging, ICompileProgress progress)
{
    /// <summary>More samples than this tell little more, and fitting takes longer with each.</summary>
    private const int MostSamples = 2000;

    private readonly Budgets _budgets = Budgets.Of(job.Options.Compile, job.Profile.Budgets);

    /// <exception cref="DiagnosticException">MC3013: nothing can go; MC3015: the goal cannot be measured; and what the precision throws.</exception>
    public (Shipment Shipped, PruningFacts Facts) Run(PruningWish wish, PrecisionPlan plan, Action<ModelDiagnostic> report)
    {
        if (wish.Ratio is null && _budgets.MaxSize is null && !job.Profile.IsMeasurableOn(HostIdentifier.Current))
            throw new DiagnosticException(DiagnosticRules.GoalNotMeasurable.Create(job.Model, job.Profile.Name));
        if (!original.IsCalibrationTypical)
            report(DiagnosticRules.PrunedWithoutData.Create(job.Model));
        progress.Report(new CompileStep($"measuring which {wish.Method.Name} can go"));
        var samples = PruningSamples.Of(original.CalibrationSet, MostSamples, original.IsCalibrationTypical);
        if (distiller is not null)
            samples = samples.Without(original.CalibrationSet, distiller.HeldOut);
        var pruning = wish.Method.Plan(whole.Model, job.Profile, samples);
        if (pruning.NothingToPrune is { } reason)
            throw new DiagnosticException(DiagnosticRules.NothingToPrune.Create(job.Model, wish.Method.Name, reason));

        var attempts = Attempts(pruning, GoalOf(wish), plan);
        var shipped = attempts.Last(attempt => attempt.Shipment is not null);
        foreach (var remark in shipped.Remarks)
            report(remark);
        if (wish.Ratio is { } asked && attempts[0].Point.Refusal is { } refusal)
            report(DiagnosticRules.PrunedLess.Create(job.Model, Text.Percent(shipped.Point.Removed), pruning.Unit, Text.Percent(asked), refusal));
        var facts = new PruningFacts(wish.Method.Name, pruning.Unit, wish.Ratio, shipped.Point.Removed, [.. attempts.Select(attempt => attempt.Point)])
        {
            OriginalPackedBytes = ModelFiles.Of(original.Path, original.Graph).Sum(CompressedSize.OfFile),
            PackedBytes = shipped.Shipment!.Trial.Candidate.Files.Sum(CompressedSize.OfFile),
        };
        return (shipped.Shipment, facts);
    }

    private IPruningGoal GoalOf(PruningWish wish) => wish.Ratio is { } asked ? new AsFarAsAccuracyAllows(asked) : new UntilSmallAndFastEnough(_budgets);

    /// <summary>Up to the first that is not refused. What is shipped is the last that could be: its files are the last that were written.</summary>
    private List<PruningAttempt> Attempts(IPruning pruning, IPruningGoal goal, PrecisionPlan plan)
    {
        var attempts = new List<PruningAttempt>();
        foreach (var ratio in goal.Ratios)
        {
            attempts.Add(ratio == 0 ? Finish(whole, null, 0, 0, goal, plan) : Try(pruning, ratio, goal, plan));
            if (attempts[^1].Point.Refusal is null)
                break;
        }

        return attempts;
    }

    private PruningAttempt Try(IPruning pruning, double ratio, IPruningGoal goal, PrecisionPlan plan)
    {
        progress.Report(new CompileStep($"pruning {Text.Percent(ratio)} of the {pruning.Unit}"));
        var passes = new PassContext();
        if (pruning.Without(ratio, passes) is not { } smaller)
            return new PruningAttempt(new PruningPoint(ratio, 0) { Refusal = $"so much of the {pruning.Unit} cannot go" }, null, []);
        var start = new StartingModel(smaller.Model, [.. whole.Passes, passes]);
        var inFloat = InFloat(start);
        if (distiller is not null && IsTrainingDue(inFloat) && distiller.Train("the pruned model", start.Model, pruning.LeavesZeros ? DistillationStyle.Sparse : DistillationStyle.Smaller) is { } trained)
        {
            tried.Note(inFloat.Trial, "it was trained");
            start = start with { Model = trained };
            inFloat = InFloat(start);
        }

        if (goal.RefuseInFloat(inFloat) is not { } refusal)
            return Finish(start, inFloat.Trial.Evidence.Comparison, ratio, smaller.Removed, goal, plan);
        tried.Note(inFloat.Trial, refusal);
        return new PruningAttempt(ReportBuilder.Point(ratio, smaller.Removed, inFloat.Trial, refusal), null, []);
    }

    private Shipment InFloat(StartingModel start)
    {
        var candidate = Candidate.Build(job, start, Precisions.Find("fp32")!, new PrecisionInputs(QuantizationScheme.Of(job.Profile), null), staging);
        var comparison = Evidence.Compare(original, candidate, progress);
        return new Shipment(start, new Trial(candidate, new Evidence(comparison, null, null)), new Acceptance(_budgets, original, comparison));
    }

    /// <summary>What keeps its budget need not be trained; without a budget every answer that comes back is worth it.</summary>
    private bool IsTrainingDue(Shipment inFloat) =>
        _budgets.MaxAccuracyDrop is null || (inFloat.Trial.Evidence.Comparison is { } comparison && inFloat.Acceptance.ReasonInBudget(comparison) is not null);

    private PruningAttempt Finish(StartingModel start, Comparison? inFloat, double ratio, double removed, IPruningGoal goal, PrecisionPlan plan)
    {
        var remarks = new List<ModelDiagnostic>();
        var acceptance = new Acceptance(_budgets, original, inFloat);
        var trial = new Trials(job, start, original, acceptance, distiller, tried, staging, progress).Run(plan, remarks.Add);
        var shipment = new Shipment(start, trial, acceptance);
        var refused = goal.Refuse(shipment);
        tried.Note(trial, refused);
        return new PruningAttempt(ReportBuilder.Point(ratio, removed, trial, refused), shipment, remarks);
    }
}
