namespace ModelCompiler.Evaluation.Reports;

/// <summary>One metric that fits the model's task. What has no figure is null.</summary>
/// <param name="Name">The metric: <c>top1</c>, <c>AP50:95</c>, <c>mIoU</c>, …</param>
/// <param name="Unit"><c>share</c> (from 0 to 1), <c>dB</c>, <c>cosine</c> (from −1 to 1), or <c>target</c>: what the model predicts is counted in.</param>
/// <param name="HigherIsBetter">False for errors.</param>
/// <param name="Original">Null where the compiled model is compared with the original itself, and where there was no reference.</param>
/// <param name="Compiled">Of the compiled model.</param>
/// <param name="Change">Compiled minus original.</param>
/// <param name="Samples">Samples that were judged.</param>
/// <param name="OriginalCi95">Lower and upper end of the 95 % interval.</param>
/// <param name="CompiledCi95">Lower and upper end of the 95 % interval.</param>
/// <param name="ChangeCi95">The same of the change, from the pairs.</param>
/// <param name="PValue">How likely so large a change is if both models are equally good.</param>
public sealed record MeasureFacts(
    string Name, string Unit, bool HigherIsBetter, double? Original, double Compiled, double? Change, int Samples, double[]? OriginalCi95, double[]? CompiledCi95, double[]? ChangeCi95, double? PValue)
{
    public const string Share = "share";

    public const string Decibels = "dB";

    public const string Cosine = "cosine";

    public const string Target = "target";

    /// <summary>Two models.</summary>
    public static MeasureFacts Of(Measurement measured)
    {
        return new(
            measured.Name,
            UnitOf(measured.Unit),
            measured.HigherIsBetter,
            measured.Original is { } original ? Round(original) : null,
            Round(measured.Compiled),
            measured.Change is { } change ? Round(change) : null,
            measured.Samples,
            Ends(measured.Original95),
            Ends(measured.Compiled95),
            Ends(measured.Change95),
            Rounded.Share(measured.PValue));

        double[]? Ends((double Low, double High)? interval) => interval is var (low, high) ? [Round(low), Round(high)] : null;

        // Adding 0 makes 0 of −0, which a small negative number is rounded to.
        double Round(double value) => 0 + measured.Unit switch
        {
            MeasureUnit.Target => Rounded.Error(value)!.Value,
            MeasureUnit.Decibels => Rounded.Decibels(value)!.Value,
            _ => Rounded.Share(value),
        };
    }

    /// <summary>One model without a reference; null where the metric is about one.</summary>
    public static MeasureFacts? Alone(Measurement measured) =>
        measured.Original is null ? null : Of(measured) with { Original = null, Change = null, OriginalCi95 = null, ChangeCi95 = null, PValue = null };

    private static string UnitOf(MeasureUnit unit) => unit switch
    {
        MeasureUnit.Share => Share,
        MeasureUnit.Decibels => Decibels,
        MeasureUnit.Cosine => Cosine,
        _ => Target,
    };
}
