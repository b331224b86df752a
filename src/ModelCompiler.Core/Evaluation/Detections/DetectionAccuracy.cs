namespace ModelCompiler.Evaluation.Detections;

/// <summary>AP50 of two detectors on the same images.</summary>
public sealed record DetectionAccuracy : Accuracy
{
    private readonly Lazy<BootstrapIntervals> _intervals;
    private readonly double? _agreement;

    /// <param name="metric">The metric's name.</param>
    /// <param name="original">Of the original.</param>
    /// <param name="compiled">Of the compiled model.</param>
    /// <param name="agreement">How much of what the original finds the compiled model finds too, where that is another figure; null where it is not known.</param>
    internal DetectionAccuracy(string metric, AveragePrecision original, AveragePrecision compiled, double? agreement = null)
        : base(metric, original.Images)
    {
        _agreement = agreement;
        Original = original.Mean() ?? 0;
        Compiled = compiled.Mean() ?? 0;
        _intervals = new Lazy<BootstrapIntervals>(() => BootstrapIntervals.Of(original, compiled));
    }

    public override double Original { get; }

    public override double Compiled { get; }

    public override double? Agreement => base.Agreement ?? _agreement;

    public override (double Low, double High) Drop95 => _intervals.Value.Drop;

    public override (double Low, double High)? Compiled95 => _intervals.Value.Compiled;
}
