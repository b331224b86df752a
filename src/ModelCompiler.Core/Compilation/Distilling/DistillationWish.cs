using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Distilling;

/// <summary>What a project asks of distillation.</summary>
/// <param name="Time">That one training may take.</param>
/// <param name="Teacher">Path of the model to learn from; null for the original itself.</param>
internal sealed record DistillationWish(TimeSpan Time, string? Teacher)
{
    private static readonly TimeSpan UsualTime = TimeSpan.FromMinutes(3);

    /// <summary>Null where nothing is to be trained.</summary>
    /// <exception cref="DiagnosticException">MC0003: no time; MC0001: no such teacher; MC3030: no data.</exception>
    public static DistillationWish? Of(CompileJob job)
    {
        var options = job.Options.Compile;
        if (!job.Optimize || !(options.Distill ?? options.Teacher is not null))
            return null;
        var time = options.DistillTime is { } text ? Quantity.Duration(text) ?? TimeSpan.Zero : UsualTime;
        if (time <= TimeSpan.Zero)
            throw new DiagnosticException(DiagnosticRules.MetadataInvalid.Create(job.Model, "DistillTime", options.DistillTime ?? "", $"{Quantity.DurationForm}; to train nothing, leave Distill out"));
        if (options.Teacher is { } teacher && !File.Exists(teacher))
            throw new DiagnosticException(DiagnosticRules.ModelFileMissing.Create(job.Model, teacher));
        if (options.Calibration is null)
            throw new DiagnosticException(DiagnosticRules.DistillationNeedsData.Create(job.Model));
        return new(time, options.Teacher);
    }
}
