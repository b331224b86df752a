using System.Globalization;

namespace ModelCompiler.Compilation.Gate;

/// <summary>
/// What to do about a limit that is not kept: the three most promising ways for this form, the best first. Raising the limit to what was measured is always the last.
/// </summary>
internal static class Remedies
{
    private const int Most = 3;

    /// <summary>More samples than this hardly move the ranges of activations.</summary>
    private const int ManySamples = 128;

    public static string ForSize(JudgedForm form, long most) => Text(
        [OtherPrecision.Smaller(form, most), ToPrune(form, "MaxSize"), "use a smaller model"],
        $"raise MaxSize to {Compilation.Text.Bytes(RoundedUp(form.Candidate.Bytes))}");

    public static string ForLatency(JudgedForm form, double microseconds) => Text(
        [
            form.Original.HasDynamicInputs ? "fix the model's dynamic dimensions with Dims" : null,
            IsNamed(form) ? LetTheCompilerChoose : ToCalibrate(form),
            ToPrune(form, "MaxLatency"),
            "use a smaller input or a smaller model",
        ],
        $"raise MaxLatency to {Compilation.Text.Microseconds(RoundedUp((long)Math.Ceiling(microseconds)))}");

    public static string ForSlowness(double microseconds) => Text(
        [LetTheCompilerChoose, "leave Precision out, which takes the profile's form only where it is no slower"],
        $"set MaxLatency to what you accept, such as {Compilation.Text.Microseconds(RoundedUp((long)Math.Ceiling(microseconds)))}");

    public static string ForMemory(JudgedForm form, long bytes) => Text(
        [
            form.Original.HasDynamicInputs ? "fix the model's dynamic dimensions with Dims, a batch of 1 among them" : null,
            form.Candidate.Quantized?.Activations is null ? "compute in integers, with Precision=\"int8\" and Calibration" : null,
            form.IsPruned ? "prune more" : "say Pruning=\"channels\" with a PruningRatio",
            "use a smaller input or a smaller model",
        ],
        $"raise MaxMemory to {Compilation.Text.Bytes(RoundedUp(bytes))}");

    public static string ForAccuracy(JudgedForm form, AnswerLoss loss) => Text(
        [
            form.Comparison?.Accuracy is null ? "give labelled samples in Evaluation, since this is an estimate" : loss.IsCertain ? null : "give more labelled samples in Evaluation, since the loss may be chance",
            .. ToBeMoreAccurate(form),
        ],
        $"raise MaxAccuracyDrop to {Compilation.Text.Percent(Math.Ceiling(loss.Drop * 1000) / 1000)}");

    public static string ForNoise(JudgedForm form) => Text(ToBeMoreAccurate(form), "set MaxAccuracyDrop=\"100%\" if the outputs may change");

    public static string ForAgreement(JudgedForm form, double agreement) => Text(ToBeMoreAccurate(form), $"lower MinAgreement to {Compilation.Text.Percent(Math.Floor(agreement * 1000) / 1000)}");

    public static string ForGroup(JudgedForm form, double drop) => Text(
        [IsNamed(form) ? LetTheCompilerChoose : null, "give more samples of it in Calibration", .. ToBeMoreAccurate(form)],
        $"raise MaxClassDrop to {Compilation.Text.Percent(Math.Ceiling(drop * 100) / 100)}");

    private const string LetTheCompilerChoose = "say Precision=\"auto\", which takes a form that keeps every limit";

    private static IEnumerable<string?> ToBeMoreAccurate(JudgedForm form) =>
    [
        IsNamed(form) ? LetTheCompilerChoose : null,
        form.IsPruned ? "prune less" : null,
        form.Candidate.Quantized?.Activations is not null && form.Original.CalibrationSet.Count < ManySamples
            ? string.Create(CultureInfo.InvariantCulture, $"calibrate with more typical samples ({form.Original.CalibrationSet.Count} now)") : null,
        OtherPrecision.MoreAccurate(form),
    ];

    private static string? ToPrune(JudgedForm form, string goal) =>
        form.IsPruned ? null : $"say Pruning=\"channels\" without a PruningRatio, which goes as far as {goal} needs";

    private static string? ToCalibrate(JudgedForm form) =>
        form.Original.HasCalibration ? null : "give typical samples in Calibration, with which integers can be computed";

    /// <summary>Whether the project named the precision, so that nothing else was tried.</summary>
    private static bool IsNamed(JudgedForm form) => form.Job.Options.Compile.Precision is not (null or "profile" or "auto");

    /// <summary>Two digits, up.</summary>
    private static long RoundedUp(long amount)
    {
        var digit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(amount)) - 1));
        return (long)(Math.Ceiling(amount / digit) * digit);
    }

    private static string Text(IEnumerable<string?> ways, string last) =>
        "What helps, the most promising first: " + string.Join("; ", ways.OfType<string>().Distinct(StringComparer.Ordinal).Take(Most - 1).Append(last)) + ".";
}
