using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation.Gate;

/// <summary>
/// What the samples leave open of the limits of accuracy: kept as far as was measured, and not shown to be kept. A warning where the project set the limit, an error
/// where it also requires evidence. Labels of calibration data are taken as they come: too few of them are no warning, since nobody gave them to measure by.
/// </summary>
internal sealed class EvidenceGaps(CompileJob job, Budgets budgets)
{
    private const string GiveLabels = "Give labelled samples in Evaluation.";

    private bool IsRequired => job.Options.Compile.RequireEvidence == true;

    /// <param name="comparison">What was measured; null where nothing could be.</param>
    /// <param name="agreement">The share of the original's answers that stay; null where nothing tells.</param>
    public IEnumerable<ModelDiagnostic> Of(Comparison? comparison, double? agreement)
    {
        var said = job.Options.Compile;
        if (budgets.MaxAccuracyDrop is { } drop && (IsRequired || said is { MaxAccuracyDrop: not null, Evaluation: not null }) && InAccuracy(drop, comparison) is var (reason, remedy))
            yield return Create("MaxAccuracyDrop", drop, reason, remedy);
        if (budgets.MaxClassDrop is { } classDrop and < 1 && (IsRequired || said.MaxClassDrop is not null) && !ClassLimit.Judges(comparison?.Accuracy))
            yield return Create("MaxClassDrop", classDrop, $"no class has {ClassLimit.LeastSamples} labelled samples", GiveLabels);
        if (budgets.MinAgreement is { } least && (IsRequired || said.MinAgreement is not null) && agreement is null)
            yield return Create("MinAgreement", least, "nothing that was measured tells how many answers stay", "Leave it out for outputs that are no answers; for a detector give pictures with 30 objects or more.");
    }

    /// <summary>Figures without labels are estimates, which are enough unless evidence is required.</summary>
    private (string Reason, string Remedy)? InAccuracy(double limit, Comparison? comparison)
    {
        if (comparison is null)
            return IsRequired ? ("the original answers the same input differently each time, so that nothing can be compared with it", "Export the model without random operators.") : null;
        if (comparison.Accuracy is not { IsAgreement: false } accuracy)
            return IsRequired ? ("no labelled sample was judged", GiveLabels) : null;
        if (accuracy.Drop > limit || accuracy.Drop95.High <= limit)
            return null;
        return ($"the {Fall(accuracy, accuracy.Drop)} was measured on n={accuracy.Samples}, and its 95 % interval reaches {Amount(accuracy, accuracy.Drop95.High)}", ToShow(accuracy.SamplesToShow(limit)));
    }

    private static string Fall(Accuracy accuracy, double drop) => $"{(accuracy.IsError ? $"rise of the {accuracy.Metric} by" : "drop of")} {Amount(accuracy, drop)}";

    private static string Amount(Accuracy accuracy, double drop) => accuracy.IsError ? Text.Percent(drop) : Text.Points(drop);

    private static string ToShow(long? samples) => samples is { } needed
        ? string.Create(CultureInfo.InvariantCulture, $"About {needed:N0} labelled samples in Evaluation would show it.")
        : "The drop is so near to the limit that no number of samples would show it: raise the limit, or leave Precision out.";

    private ModelDiagnostic Create(string limit, double value, string reason, string remedy) =>
        (IsRequired ? DiagnosticRules.EvidenceMissing : DiagnosticRules.EvidenceThin).Create(job.Model, limit, Text.Percent(value), reason, remedy);
}
