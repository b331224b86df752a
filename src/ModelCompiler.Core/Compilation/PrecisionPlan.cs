using ModelCompiler.Contract;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;

namespace ModelCompiler.Compilation;

/// <summary>The precisions that are tried for a model, best first.</summary>
/// <param name="Precisions">Words of the <c>Precision</c> metadata, at least one.</param>
/// <param name="Choice">Which of them is taken.</param>
public sealed record PrecisionPlan(IReadOnlyList<string> Precisions, PlanChoice Choice)
{
    /// <summary>What stays when the first choice loses: always smaller or equal, and the same speed as float.</summary>
    private static readonly string[] FallBacks = ["int8-weights", "fp16-weights", "fp32"];

    /// <summary>Whether one of them does anything with calibration data.</summary>
    public bool UsesCalibration => Precisions.Any(name => Passes.Precisions.Find(name) is { Calibration: not CalibrationUse.None });

    /// <summary>Whether the project named a precision that cannot do without.</summary>
    public bool NeedsCalibration => Choice == PlanChoice.Demanded && Passes.Precisions.Find(Precisions[0]) is { Calibration: CalibrationUse.Needs };

    /// <summary>The plan for a job.</summary>
    /// <exception cref="DiagnosticException">MC4001 the profile cannot run it; MC3006 it needs calibration data.</exception>
    public static PrecisionPlan Of(CompileJob job)
    {
        var rules = job.Profile.Precisions;
        var hasCalibration = job.Options.Compile.Calibration is not null;
        var asked = job.Options.Compile.Precision ?? "profile";
        if (asked is not ("profile" or "auto"))
            return new([Check(job, asked, hasCalibration)], PlanChoice.Demanded);
        if (asked == "auto")
            return new([.. Passes.Precisions.All.Where(form => IsOpen(form, rules, hasCalibration)).Select(form => form.Name).Reverse()], PlanChoice.Best);

        var first = hasCalibration ? rules.WithCalibration : rules.WithoutCalibration;
        return new([.. FallBacks.Where(rules.Allowed.Contains).Prepend(first).Distinct(StringComparer.Ordinal)], PlanChoice.FirstGood);
    }

    private static bool IsOpen(Precision form, PrecisionRules rules, bool hasCalibration) =>
        rules.Allowed.Contains(form.Name, StringComparer.Ordinal) && (hasCalibration || form.Calibration != CalibrationUse.Needs);

    private static string Check(CompileJob job, string precision, bool hasCalibration)
    {
        if (!job.Profile.Precisions.Allowed.Contains(precision, StringComparer.Ordinal))
        {
            var allowed = string.Join(", ", job.Profile.Precisions.Allowed);
            throw new DiagnosticException(DiagnosticRules.PrecisionUnsupported.Create(job.Model, job.Profile.Name, precision, allowed));
        }

        if (precision == "int8" && !hasCalibration)
            throw new DiagnosticException(DiagnosticRules.CalibrationNeeded.Create(job.Model, precision));
        return precision;
    }
}

/// <summary>Which of several precisions is taken.</summary>
public enum PlanChoice
{
    /// <summary>The only one: the project named it, so that it is delivered or the build fails.</summary>
    Demanded,

    /// <summary>The first that the evidence allows.</summary>
    FirstGood,

    /// <summary>The smallest that the evidence allows, or one that is clearly faster.</summary>
    Best,
}
