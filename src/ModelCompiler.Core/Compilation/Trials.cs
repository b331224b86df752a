using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation;

/// <summary>A form that was built, and what running it beside the original showed.</summary>
internal sealed record Trial(Candidate Candidate, Evidence Evidence);

/// <summary>Builds the forms of a plan, measures them, and takes one.</summary>
internal sealed class Trials(CompileJob job, OriginalModel original, Acceptance acceptance, StagingFolder staging, ICompileProgress progress)
{
    /// <summary>By how much a larger form must be faster than a smaller one to be taken in its place: well beyond the noise of measuring.</summary>
    private const double WorthTheBytes = 1.1;

    private readonly CandidateForms _forms = new(job, original, staging, progress);

    /// <summary>What the plan leads to.</summary>
    /// <param name="plan">What is tried.</param>
    /// <param name="report">Is told what was chosen and why, where the project left it open.</param>
    public Trial Run(PrecisionPlan plan, Action<ModelDiagnostic> report) => plan.Choice switch
    {
        PlanChoice.Demanded => Try(plan.Precisions[0]),
        PlanChoice.FirstGood => FirstGood(plan, report),
        PlanChoice.Best => Best(plan, report),
        _ => throw new InvalidOperationException($"There is no choice {plan.Choice}."),
    };

    /// <summary>The fastest form of a precision that is accurate enough, or its most accurate one.</summary>
    private Trial Try(string precision)
    {
        (Candidate Candidate, Comparison? Comparison)? last = null;
        foreach (var candidate in _forms.Of(Precisions.Find(precision)!))
        {
            var comparison = Evidence.Compare(original, candidate, progress);
            last = (candidate, comparison);
            if (comparison is null || acceptance.ReasonInAccuracy(precision, comparison) is null)
                break;
        }

        var (taken, shown) = last!.Value;
        return new Trial(taken, Evidence.Time(original, taken, shown, job.Profile, progress));
    }

    /// <summary>A precision that nobody asked for: null where this model cannot have it, with the reason among the others.</summary>
    private Trial? TryUnasked(string precision, List<string> reasons)
    {
        try
        {
            return Try(precision);
        }
        catch (DiagnosticException refusal) when (ReasonInModel(refusal.Diagnostic) is { } reason)
        {
            reasons.Add($"not {precision}, since {reason}");
            return null;
        }
    }

    private static string? ReasonInModel(ModelDiagnostic refusal) =>
        refusal.Rule == DiagnosticRules.NothingForPrecision ? "the model has nothing for it" :
        refusal.Rule == DiagnosticRules.OpsetNotLiftable ? "the model's operator set cannot be raised" :
        null;

    /// <summary>The first form that the evidence allows; the last one, float, always is.</summary>
    private Trial FirstGood(PrecisionPlan plan, Action<ModelDiagnostic> report)
    {
        var declined = new List<string>();
        foreach (var precision in plan.Precisions)
        {
            if (TryUnasked(precision, declined) is not { } trial)
                continue;
            var reason = precision == plan.Precisions[^1] ? null : acceptance.ReasonToDecline(precision, trial.Evidence);
            if (reason is null)
            {
                Report(precision, declined.Count == 0 ? $"the profile's choice, checked on {original.SampleSource}" : string.Join("; ", declined), report);
                return trial;
            }

            declined.Add($"not {precision}, since {reason}");
        }

        throw new InvalidOperationException("A plan has at least one precision.");
    }

    /// <summary>Of all forms that the evidence allows the smallest, unless another is clearly faster; float where it allows none.</summary>
    private Trial Best(PrecisionPlan plan, Action<ModelDiagnostic> report)
    {
        var reasons = new List<string>();
        var allowed = new List<Trial>();
        foreach (var precision in plan.Precisions)
        {
            if (TryUnasked(precision, reasons) is not { } trial)
                continue;
            var reason = precision == plan.Precisions[^1] ? null : acceptance.ReasonToDecline(precision, trial.Evidence);
            if (reason is null)
                allowed.Add(trial);
            else
                reasons.Add($"not {precision}, since {reason}");
        }

        var best = allowed.OrderBy(trial => trial.Candidate.Bytes).Aggregate((best, next) => IsWorthMore(next, best) ? next : best);
        reasons.Insert(0, $"the best of {plan.Precisions.Count} forms, checked on {original.SampleSource}");
        Report(best.Candidate.Precision, string.Join("; ", reasons), report);
        return best;
    }

    private static bool IsWorthMore(Trial next, Trial best) => next.Evidence.SpeedUp > best.Evidence.SpeedUp * WorthTheBytes;

    private void Report(string precision, string why, Action<ModelDiagnostic> report) =>
        report(DiagnosticRules.PrecisionChosen.Create(job.Model, precision, job.Profile.Name, why));
}
