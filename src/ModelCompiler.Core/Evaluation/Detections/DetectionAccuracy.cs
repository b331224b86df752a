namespace ModelCompiler.Evaluation.Detections;

/// <summary>AP50 of two detectors on the same images.</summary>
public sealed record DetectionAccuracy : Accuracy
{
    private readonly Lazy<BootstrapIntervals> _intervals;

    internal DetectionAccuracy(string metric, AveragePrecision original, AveragePrecision compiled)
        : base(metric, original.Images)
    {
        Original = original.Mean() ?? 0;
        Compiled = compiled.Mean() ?? 0;
        _intervals = new Lazy<BootstrapIntervals>(() => BootstrapIntervals.Of(original, compiled));
    }

    public override double Original { get; }

    public override double Compiled { get; }

    public override (double Low, double High) Drop95 => _intervals.Value.Drop;

    public override (double Low, double High)? Compiled95 => _intervals.Value.Compiled;
}
