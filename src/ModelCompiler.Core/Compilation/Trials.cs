using System.Globalization;
using ModelCompiler.Compilation.Distilling;
using ModelCompiler.Contract;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation;

/// <summary>A form that was built, and what running it beside the original showed.</summary>
internal sealed record Trial(Candidate Candidate, Evidence Evidence);

/// <summary>Builds the forms of a plan, measures them, and takes one.</summary>
/// <param name="job">The model and its profile.</param>
/// <param name="start">What forms are made of.</param>
/// <param name="original">What they are compared with.</param>
/// <param name="acceptance">Judges them.</param>
/// <param name="distiller">Trains those that are not accurate enough; null where nothing is to be trained.</param>
/// <param name="tried">Remembers them.</param>
/// <param name="staging">Where they are written.</param>
/// <param name="progress">Told what takes long.</param>
internal sealed class Trials(
    CompileJob job, StartingModel start, OriginalModel original, Acceptance acceptance, Distiller? distiller, TriedForms tried, StagingFolder staging, ICompileProgress progress)
{
    /// <summary>By how much a larger form must be faster than a smaller one to be taken in its place: well beyond the noise of measuring.</summary>
    private const double WorthTheBytes = 1.1;

    private readonly CandidateForms _forms = new(job, start, original, distiller, staging, progress);

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

    /// <summary>The fastest form of a precision that is accurate enough, or its most accurate one; not timed yet.</summary>
    private Trial Compare(string precision)
    {
        Trial? last = null;
        foreach (var candidate in _forms.Of(Precisions.Find(precision)!))
        {
            var comparison = Evidence.Compare(original, candidate, progress);
            last = new Trial(candidate, new Evidence(comparison, null, null));
            var reason = comparison is null ? null : acceptance.ReasonInAccuracy(precision, comparison);
            tried.Note(last, reason);
            if (reason is null)
                break;
        }

        return last!;
    }

    private Trial Try(string precision) => Time([Compare(precision)])[0];

    /// <summary>The same trials, each with its time in one run of all of them.</summary>
    private Trial[] Time(IReadOnlyList<Trial> trials)
    {
        var times = Evidence.Time(original, [.. trials.Select(trial => trial.Candidate)], job.Profile, progress);
        Trial[] timed = [.. trials.Zip(times, (trial, time) => trial with { Evidence = trial.Evidence with { Original = time.Original, Compiled = time.Compiled } })];
        foreach (var trial in timed)
            tried.Note(trial);
        return timed;
    }

    /// <summary>A precision that nobody asked for: null where this model cannot have it, with the reason among the others.</summary>
    private Trial? Unasked(string precision, Func<string, Trial> attempt, List<string> reasons)
    {
        try
        {
            return attempt(precision);
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
            if (Unasked(precision, Try, declined) is not { } trial)
                continue;
            var reason = precision == plan.Precisions[^1] ? null : acceptance.ReasonToDecline(precision, trial.Evidence);
            if (reason is null)
            {
                Report(precision, declined.Count == 0 ? $"the profile's choice, checked on {original.SampleSource}" : string.Join("; ", declined), report);
                return trial;
            }

            declined.Add($"not {precision}, since {reason}");
            tried.Note(trial, reason);
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
            if (Unasked(precision, Compare, reasons) is not { } trial)
                continue;
            var reason = precision == plan.Precisions[^1] || trial.Evidence.Comparison is not { } comparison ? null : acceptance.ReasonInAccuracy(precision, comparison);
            if (reason is null)
                allowed.Add(trial);
            else
                reasons.Add($"not {precision}, since {reason}");
        }

        var best = Fastest([.. allowed.OrderBy(trial => trial.Candidate.Bytes)], reasons);
        reasons.Insert(0, $"the best of {plan.Precisions.Count} forms, checked on {original.SampleSource}");
        Report(best.Candidate.Precision, string.Join("; ", reasons), report);
        return best;
    }

    /// <summary>
    /// Of forms from the smallest to the largest, the first that no larger one beats clearly. Two at a time: more would not fit into memory for a large model.
    /// What is run the same way is as fast, and needs no measuring.
    /// </summary>
    private Trial Fastest(IReadOnlyList<Trial> trials, List<string> reasons)
    {
        var best = trials[0];
        foreach (var other in trials.Skip(1).Where(_ => IsMeasurable))
        {
            if (best.Candidate.RunsTheSameOperatorsAs(other.Candidate))
                continue;
            var pair = Time([best, other]);
            var reason = ReasonToPrefer(pair[1], pair[0]);
            if (reason is not null)
            {
                reasons.Add($"not {best.Candidate.Precision}, since {reason}");
                tried.Note(pair[0], reason);
            }

            best = reason is null ? pair[0] : pair[1];
        }

        return best.Evidence.Compiled is null ? Time([best])[0] : best;
    }

    private bool IsMeasurable => job.Profile.IsMeasurableOn(HostIdentifier.Current);

    private static string? ReasonToPrefer(Trial larger, Trial smaller)
    {
        if (larger.Evidence.SpeedUp is not { } high || smaller.Evidence.SpeedUp is not { } low)
            return null;
        if (high > low * WorthTheBytes)
            return string.Create(CultureInfo.InvariantCulture, $"{larger.Candidate.Precision} is {high / low:0.0} times as fast");
        return high > low ? Acceptance.ReasonInSpeed(smaller.Evidence) : null;
    }

    private void Report(string precision, string why, Action<ModelDiagnostic> report) =>
        report(DiagnosticRules.PrecisionChosen.Create(job.Model, precision, job.Profile.Name, why));
}
