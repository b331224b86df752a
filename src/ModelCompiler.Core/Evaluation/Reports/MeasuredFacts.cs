namespace ModelCompiler.Evaluation.Reports;

/// <summary>Outputs against the original's, overall and one by one. Decibels are rounded to hundredths.</summary>
public sealed record FidelityFacts(double? SqnrDb, double? Top1Agreement, double? ExpectedTop1Drop, double? MaxAbsError, double? MaxRelativeError, int Samples, IReadOnlyList<OutputFacts> Outputs)
{
    public static FidelityFacts Of(Fidelity fidelity) => new(
        Rounded.Decibels(fidelity.SqnrDb),
        Rounded.Share(fidelity.Top1Agreement),
        Rounded.Share(fidelity.ExpectedTop1Drop),
        Rounded.Error(fidelity.MaxAbsError),
        Rounded.Error(fidelity.MaxRelativeError),
        fidelity.Samples,
        [.. fidelity.Outputs.Select(output => new OutputFacts(output.Name, Rounded.Decibels(output.SqnrDb), Rounded.Share(output.Top1Agreement), output.Unequal))]);
}

/// <param name="Name">The output.</param>
/// <param name="SqnrDb">200 for equal outputs; null for integers and strings.</param>
/// <param name="Top1Agreement">Null where the output does not look like class scores.</param>
/// <param name="Unequal">Elements that are not exactly equal.</param>
public sealed record OutputFacts(string Name, double? SqnrDb, double? Top1Agreement, long Unequal);

/// <param name="Metric">What is measured: <c>top1</c>, <c>AP50</c>, <c>mIoU</c>, <c>recall@1</c>, <c>MAE</c> or <c>detection agreement</c>.</param>
/// <param name="Original">From 0 to 1, or an error; null where there was no reference.</param>
/// <param name="Compiled">From 0 to 1, or an error.</param>
/// <param name="Drop">Original minus compiled, of errors compiled ÷ original − 1, as a fraction; null where there was no reference.</param>
/// <param name="Samples">Samples that were judged.</param>
/// <param name="Ci95">Lower and upper end of the 95 % interval of the drop.</param>
/// <param name="PValue">How likely so large a difference is if both models are equally good: of top-1 and recall@1 by McNemar's exact test, of an error by Fisher's randomization test.</param>
/// <param name="CompiledCi95">Lower and upper end of the 95 % interval of the compiled model's figure.</param>
public sealed record AccuracyFacts(string Metric, double? Original, double Compiled, double? Drop, int Samples, double[]? Ci95, double? PValue, double[]? CompiledCi95 = null)
{
    /// <summary>True where both figures are errors, in the unit of what is predicted; null for shares from 0 to 1.</summary>
    public bool? IsError { get; init; }

    /// <summary>Of labelled classifiers: the classes that lost samples, the least likely by chance first, five at most; null for any other metric.</summary>
    public IReadOnlyList<ClassFacts>? WorstClasses { get; init; }

    /// <summary>Of labelled classifiers whose data set names slices: each of them, the worst first, fifty at most; else null.</summary>
    public IReadOnlyList<SliceFacts>? Slices { get; init; }

    /// <summary>Two models.</summary>
    /// <param name="accuracy">What was measured.</param>
    /// <param name="labels">The names of the classes, in their order; as many as are known.</param>
    public static AccuracyFacts Of(Accuracy accuracy, IReadOnlyList<string>? labels = null) => new(
        accuracy.Metric,
        Figure(accuracy, accuracy.Original),
        Figure(accuracy, accuracy.Compiled),
        Rounded.Share(accuracy.Drop),
        accuracy.Samples,
        [Rounded.Share(accuracy.Drop95.Low), Rounded.Share(accuracy.Drop95.High)],
        Rounded.Share(accuracy.PValue),
        Ends(accuracy, accuracy.Compiled95))
    {
        IsError = accuracy.IsError ? true : null,
        WorstClasses = accuracy is Top1Accuracy { Classes.Count: > 0 } top1 ? ClassFacts.Worst(top1.Classes, labels ?? []) : null,
        Slices = accuracy is Top1Accuracy { Slices.Count: > 0 } sliced ? SliceFacts.Of(sliced.Slices) : null,
    };

    /// <summary>One model without a reference.</summary>
    public static AccuracyFacts Alone(Accuracy accuracy) =>
        new(accuracy.Metric, null, Figure(accuracy, accuracy.Compiled), null, accuracy.Samples, null, null, Ends(accuracy, accuracy.Compiled95)) { IsError = accuracy.IsError ? true : null };

    private static double Figure(Accuracy accuracy, double value) => accuracy.IsError ? Rounded.Error(value)!.Value : Rounded.Share(value);

    private static double[]? Ends(Accuracy accuracy, (double Low, double High)? interval) => interval is var (low, high) ? [Figure(accuracy, low), Figure(accuracy, high)] : null;
}

/// <param name="OriginalUs">Median, in microseconds.</param>
/// <param name="CompiledUs">Median, in microseconds.</param>
/// <param name="Ratio">Original ÷ compiled: above 1 is faster. The median over pairs of neighbouring runs.</param>
/// <param name="Runs">Runs of each.</param>
/// <param name="Threads">Threads of a run.</param>
public sealed record LatencyFacts(double OriginalUs, double CompiledUs, double Ratio, int Runs, int Threads)
{
    /// <summary>The time that 90 of 100 runs keep; null where there were too few runs to say (64).</summary>
    public double? OriginalP90Us { get; init; }

    /// <summary>As for the original.</summary>
    public double? CompiledP90Us { get; init; }

    /// <summary>The time that 99 of 100 runs keep; null where there were too few runs to say (662).</summary>
    public double? OriginalP99Us { get; init; }

    /// <summary>As for the original.</summary>
    public double? CompiledP99Us { get; init; }

    /// <summary>Median time to load, in milliseconds; null where it was not measured.</summary>
    public double? OriginalLoadMs { get; init; }

    /// <summary>As for the original.</summary>
    public double? CompiledLoadMs { get; init; }

    public static LatencyFacts Of(Latency original, Latency compiled, int threads) =>
        new(Rounded.Time(original.MedianUs), Rounded.Time(compiled.MedianUs), Rounded.Ratio(compiled.RatioToFirst), compiled.Runs, threads)
        {
            OriginalP90Us = Rounded.Time(original.P90Us),
            CompiledP90Us = Rounded.Time(compiled.P90Us),
            OriginalP99Us = Rounded.Time(original.P99Us),
            CompiledP99Us = Rounded.Time(compiled.P99Us),
        };
}
