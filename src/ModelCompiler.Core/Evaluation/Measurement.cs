namespace ModelCompiler.Evaluation;

/// <summary>What the numbers of a measurement are.</summary>
public enum MeasureUnit
{
    /// <summary>Of all that was judged, from 0 to 1.</summary>
    Share,

    /// <summary>Decibels.</summary>
    Decibels,

    /// <summary>The cosine of an angle, from −1 to 1.</summary>
    Cosine,

    /// <summary>What the model predicts is counted in.</summary>
    Target,
}

/// <summary>One metric of two models on the same samples.</summary>
/// <param name="Name">The metric, as reports show it.</param>
/// <param name="Unit">What its numbers are.</param>
/// <param name="HigherIsBetter">False for errors.</param>
/// <param name="Original">Of the original; null where the compiled model is compared with the original itself.</param>
/// <param name="Compiled">Of the compiled model.</param>
/// <param name="Samples">What was judged: samples, or pairs of them.</param>
public sealed record Measurement(string Name, MeasureUnit Unit, bool HigherIsBetter, double? Original, double Compiled, int Samples)
{
    /// <summary>Fewest samples from which intervals are drawn: of fewer, all draws are alike, and the interval would look narrow.</summary>
    private const int FewestToDraw = 5;

    /// <summary>Compiled minus original; null where there is no original.</summary>
    public double? Change => Compiled - Original;

    /// <summary>The interval that holds the original's true figure in 95 of 100 cases; null where it is not known.</summary>
    public (double Low, double High)? Original95 { get; init; }

    /// <summary>The same of the compiled model's.</summary>
    public (double Low, double High)? Compiled95 { get; init; }

    /// <summary>The same of <see cref="Change"/>, from the pairs.</summary>
    public (double Low, double High)? Change95 { get; init; }

    /// <summary>How likely so large a change would be if both were equally good; null where the metric has no test for it.</summary>
    public double? PValue { get; init; }

    /// <summary>The accuracy by which the model is judged, as one metric among the others.</summary>
    public static Measurement Of(Accuracy accuracy)
    {
        var unit = accuracy.IsError ? MeasureUnit.Target : MeasureUnit.Share;
        if (accuracy.IsAgreement)
            return new(accuracy.Metric, unit, true, null, accuracy.Compiled, accuracy.Samples) { Compiled95 = accuracy.Compiled95 };
        return new(accuracy.Metric, unit, !accuracy.IsError, accuracy.Original, accuracy.Compiled, accuracy.Samples)
        {
            Original95 = accuracy.Original95,
            Compiled95 = accuracy.Compiled95,
            Change95 = accuracy.Change95,
            PValue = accuracy.PValue,
        };
    }

    /// <summary>With the intervals of the bootstrap; without where there are too few samples.</summary>
    internal static Measurement Of(string name, MeasureUnit unit, bool higherIsBetter, PairedFigure figure)
    {
        var once = figure.Once();
        var measured = new Measurement(name, unit, higherIsBetter, figure.Original(once), figure.Compiled(once) ?? 0, figure.Samples);
        if (figure.Samples < FewestToDraw)
            return measured;
        var intervals = BootstrapIntervals.Of(figure);
        return measured with { Original95 = intervals.Original, Compiled95 = intervals.Compiled, Change95 = (0 - intervals.Drop.High, 0 - intervals.Drop.Low) };
    }

    /// <summary>Of the compiled model alone, whose figure says how close it is to the original.</summary>
    internal Measurement ToOriginal() => this with { Original = null, Original95 = null, Change95 = null, PValue = null };
}
