namespace ModelCompiler.Evaluation.Regressions;

/// <summary>The mean absolute error of two models on the same samples. What is lost is how much the error grew: 0.005 where it is half a percent larger.</summary>
public sealed record RegressionAccuracy : Accuracy
{
    private readonly Lazy<BootstrapIntervals> _intervals;
    private readonly Lazy<double> _pValue;

    /// <param name="errors">Of each sample; the original's are not all 0.</param>
    internal RegressionAccuracy(PairedMeans errors)
        : base("MAE", errors.Samples)
    {
        (Original, Compiled) = (errors.Original, errors.Compiled);
        _intervals = new Lazy<BootstrapIntervals>(() => BootstrapIntervals.Of(errors.Figure() with { Least = 0 }));
        _pValue = new Lazy<double>(errors.RandomizationTest);
    }

    public override bool IsError => true;

    public override double Original { get; }

    public override double Compiled { get; }

    public override double Drop => (Compiled / Original) - 1;

    public override (double Low, double High) Drop95 => _intervals.Value.Rise;

    public override (double Low, double High) Change95 => (0 - _intervals.Value.Drop.High, 0 - _intervals.Value.Drop.Low);

    public override (double Low, double High)? Original95 => _intervals.Value.Original;

    public override (double Low, double High)? Compiled95 => _intervals.Value.Compiled;

    /// <summary>Fisher's randomization test.</summary>
    public override double? PValue => _pValue.Value;
}
