using System.Globalization;
using ModelCompiler.Compilation.Gate;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation;

/// <summary>Decides whether the evidence allows a candidate.</summary>
/// <param name="budgets">What the project allows.</param>
/// <param name="original">What candidates are compared with.</param>
/// <param name="pruned">
/// What the pruned model that candidates are made of shows in float; null for candidates of the whole model. What a budget allows is for pruning and
/// rounding together. Where the project sets none, it asked for pruning at any price, and the rounding alone is judged.
/// </param>
internal sealed class Acceptance(Budgets budgets, OriginalModel original, Comparison? pruned = null)
{
    /// <summary>What a form that the compiler chose by itself may cost where the project says nothing.</summary>
    private const double DefaultAccuracyDrop = 0.01;

    /// <summary>The least signal to noise of outputs that no other metric judges, for a form that the compiler chose by itself.</summary>
    private const double LeastSqnrDb = 25;

    /// <summary>
    /// The same for a form that only stores its weights smaller, since whoever takes it expects the answer of the original; and for every form that is judged
    /// by made-up inputs, since real ones may be harder.
    /// </summary>
    private const double LeastSqnrDbToBeSafe = 30;

    /// <summary>Below this share of the original's speed a form counts as slower, where the whole 95 % interval is: what is nearer is noise of the measurement.</summary>
    private const double LeastSpeedUp = 0.95;

    /// <summary>What a detector that is judged without labelled boxes must still find of what the original is sure of.</summary>
    private const double LeastDetectionAgreement = 0.98;

    /// <summary>What rounding may cost beside pruning: its noise is then less than a tenth of the whole.</summary>
    private const double MostDbBesidePruning = 0.5;

    private readonly AnswerLosses _losses = new(original);

    /// <summary>Where pruning has no accuracy budget at all, whoever asked for it takes lost classes too.</summary>
    private readonly GroupLosses _groups = new(
        budgets.MaxClassDrop is { } drop ? new ClassLimit(drop) :
        pruned is not null && budgets.MaxAccuracyDrop is null ? ClassLimit.None :
        ClassLimit.Default,
        original);

    /// <summary>What to do, for who would have wanted the form.</summary>
    private const string Unlabelled = "; without labels: with labelled samples in Evaluation it is judged by its accuracy";

    /// <summary>The reason why a form that the compiler chose by itself gives way to the next, or null where it is good.</summary>
    public string? ReasonToDecline(string precision, Evidence evidence) =>
        ReasonInSpeed(evidence) ?? (evidence.Comparison is { } comparison ? ReasonInAccuracy(precision, comparison) : null);

    /// <summary>The reason why a form is too slow to be taken without asking, or null where it is not, or was not timed.</summary>
    public static string? ReasonInSpeed(Evidence evidence) =>
        evidence.Compiled is { RatioToFirst: < LeastSpeedUp and var speedUp } time && (time.RatioAtMost ?? speedUp) < LeastSpeedUp
            ? string.Create(CultureInfo.InvariantCulture, $"it would take {1 / speedUp:0.##}× the original's time")
            : null;

    /// <summary>The reason why a form is not accurate enough to be taken without asking, or null where it is.</summary>
    public string? ReasonInAccuracy(string precision, Comparison comparison)
    {
        if (ReasonInAgreement(comparison) is { } changed)
            return changed;
        if (comparison.Accuracy is { IsAgreement: true } agreement)
            return agreement.Compiled >= LeastDetectionAgreement - (pruned?.Accuracy?.Loss ?? 0) ? null : $"{agreement.Metric} would be {Text.Percent(agreement.Compiled)} (n={agreement.Samples}{Unlabelled})";
        if (HasNothingToCompare(comparison))
            return "the original's outputs are NaN or infinite, so that nothing can be compared with them";
        var allowed = budgets.MaxAccuracyDrop ?? DefaultAccuracyDrop + (pruned is null ? 0 : Math.Max(0, _losses.Of(pruned)?.Drop ?? 0));
        if (_losses.Of(comparison) is { } loss && loss.Drop > allowed)
            return $"{loss}{(comparison.Accuracy is null ? Unlabelled : "")}";
        if (_groups.Reason(comparison.Accuracy) is { } reason)
            return reason;
        var hasScores = comparison.Accuracy is not null || (original.AnswersWithClasses && comparison.Fidelity.Top1Agreement is not null);
        var least = precision.EndsWith("-weights", StringComparison.Ordinal) || !original.AreSamplesTypical ? LeastSqnrDbToBeSafe : LeastSqnrDb;
        var probabilities = ProbabilityOutputs.Of(original.Graph.Graph);
        if (pruned?.Fidelity.SqnrThatMatters(probabilities) is { } prunedDb)
            least = Math.Min(least, prunedDb - MostDbBesidePruning);
        return !hasScores && comparison.Fidelity.SqnrThatMatters(probabilities) is { } sqnr && sqnr < least && sqnr < original.OwnNoise().SqnrThatMatters(probabilities)
            ? string.Create(CultureInfo.InvariantCulture, $"its outputs would have only {sqnr:0.0} dB signal to noise")
            : null;
    }

    /// <summary>How accuracy falls by more than the project allows, for people; null where it does not, or where the project sets no limit.</summary>
    public string? ReasonInBudget(Comparison comparison) =>
        budgets.MaxAccuracyDrop is { } allowed && _losses.Of(comparison) is { } loss && loss.Drop > allowed ? loss.ToString() : _groups.Reason(comparison.Accuracy) ?? ReasonInAgreement(comparison);

    /// <summary>How answers change more than the project allows, for people; null where they do not.</summary>
    private string? ReasonInAgreement(Comparison comparison) =>
        _losses.AgreementOf(comparison) is { } agreement && agreement < budgets.MinAgreement ? $"agreement with the original's answers would be {Text.Percent(agreement)} (n={comparison.Samples})" : null;

    /// <summary>What is wrong with the form that is about to be shipped; nothing where every limit is kept.</summary>
    public IEnumerable<ModelDiagnostic> Breaches(CompileJob job, Candidate candidate, Evidence evidence) =>
        Limits.Breaches(new JudgedForm(job, budgets, _groups, original, candidate, evidence, IsPruned: pruned is not null));

    /// <summary>True for float outputs that were never a number. What rewriting keeps exactly needs no comparison, what rounds does.</summary>
    private static bool HasNothingToCompare(Comparison comparison) =>
        comparison is { Accuracy: null, Fidelity.SqnrDb: null } && comparison.Fidelity.Outputs.Any(output => output.SamplesWithoutNumbers > 0);
}
