namespace ModelCompiler.Evaluation;

/// <summary>A figure from 0 to 1 of two models on the same samples, such as AP50 or mean IoU, whose intervals come from drawing the samples again.</summary>
public sealed record ResampledAccuracy : Accuracy
{
    private readonly Lazy<BootstrapIntervals> _intervals;
    private readonly double? _agreement;

    /// <param name="metric">The metric's name.</param>
    /// <param name="figure">Of both models.</param>
    /// <param name="agreement">How much of what the original finds the compiled model finds too, where that is another figure; null where it is not known.</param>
    internal ResampledAccuracy(string metric, PairedFigure figure, double? agreement = null)
        : base(metric, figure.Samples)
    {
        _agreement = agreement;
        Original = figure.Original(figure.Once()) ?? 0;
        Compiled = figure.Compiled(figure.Once()) ?? 0;
        _intervals = new Lazy<BootstrapIntervals>(() => BootstrapIntervals.Of(figure));
    }

    public override double Original { get; }

    public override double Compiled { get; }

    public override double? Agreement => base.Agreement ?? _agreement;

    public override (double Low, double High) Drop95 => _intervals.Value.Drop;

    public override (double Low, double High)? Original95 => _intervals.Value.Original;

    public override (double Low, double High)? Compiled95 => _intervals.Value.Compiled;
}
