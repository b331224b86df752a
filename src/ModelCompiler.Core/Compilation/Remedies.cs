using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation;

/// <summary>What to do about a budget that is not kept, most promising first.</summary>
internal static class Remedies
{
    public const string ForLatency = "Raise the budget, fix dynamic dimensions with Dims, or let the compiler choose with Precision=\"auto\".";

    public const string ToJudgeDetections = "Give images with box labels in Evaluation.";

    public const string ToJudgeOutputs = "Leave it out for outputs that are no answer; for scores of classes say Task=\"classification\" and give labelled samples in Evaluation.";

    public const string ForAgreement = "Calibrate with more typical samples, leave Precision out so that the compiler takes a form that agrees, prune less, or lower MinAgreement.";

    public const string ForClass = "Give more samples of it in Calibration, leave Precision out so that the compiler takes a form that keeps it, prune less, or raise MaxClassDrop.";

    public static string ForSize(string precision) =>
        precision is "int8" or "int8-weights" ? "Raise the budget or use a smaller model." : "Try Precision=\"int8-weights\", raise the budget, or use a smaller model.";

    public static string ForAccuracy(Comparison comparison) => comparison.Accuracy is null
        ? "Give labelled samples in Evaluation, use Precision=\"int8-weights\", or raise the budget."
        : "Calibrate with more typical samples, use Precision=\"int8-weights\", or raise the budget.";
}
