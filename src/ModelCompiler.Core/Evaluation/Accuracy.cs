namespace ModelCompiler.Evaluation;

/// <summary>How good two models are on the same samples, by one metric.</summary>
/// <param name="Metric">The metric's name, as reports show it.</param>
/// <param name="Samples">Samples that were judged.</param>
public abstract record Accuracy(string Metric, int Samples)
{
    /// <summary>Of the original, from 0 to 1; an error where <see cref="IsError"/> says so.</summary>
    public abstract double Original { get; }

    /// <summary>Of the compiled model, from 0 to 1; an error where <see cref="IsError"/> says so.</summary>
    public abstract double Compiled { get; }

    /// <summary>True where both figures are errors in the unit of what is predicted: less is better, and what is lost is how much the error grew.</summary>
    public virtual bool IsError => false;

    /// <summary>Original minus compiled, of errors compiled ÷ original − 1: positive where the compiled model is worse.</summary>
    public virtual double Drop => Original - Compiled;

    /// <summary>The interval that holds the true drop in 95 of 100 cases.</summary>
    public abstract (double Low, double High) Drop95 { get; }

    /// <summary>The interval that holds compiled minus original in 95 of 100 cases.</summary>
    public virtual (double Low, double High) Change95 => (0 - Drop95.High, 0 - Drop95.Low);

    /// <summary>The interval that holds the original's true figure in 95 of 100 cases; null where the metric has none.</summary>
    public virtual (double Low, double High)? Original95 => null;

    /// <summary>The interval that holds the compiled model's true figure in 95 of 100 cases; null where the metric has none.</summary>
    public virtual (double Low, double High)? Compiled95 => null;

    /// <summary>How likely so large a difference would be if both were equally good; null where the metric has no test for it.</summary>
    public virtual double? PValue => null;

    /// <summary>
    /// About how many samples would show that accuracy does not fall by more than <paramref name="limit"/>, if they went as those here did: the interval is narrower by
    /// the root of their number. Two digits, rounded up; null where the drop itself is no smaller than the limit, which no number of samples helps.
    /// </summary>
    public long? SamplesToShow(double limit)
    {
        if (Drop >= limit)
            return null;
        var needed = Samples * Math.Pow((Drop95.High - Drop) / (limit - Drop), 2);
        var digit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(needed)) - 1));
        return needed < long.MaxValue ? (long)(Math.Ceiling(needed / digit) * digit) : null;
    }

    /// <summary>True where the original's answers were taken for right, since nobody said what is.</summary>
    public bool IsAgreement { get; init; }

    /// <summary>How much of what the original answers the compiled model answers too, from 0 to 1; null where the metric does not tell.</summary>
    public virtual double? Agreement => IsAgreement ? Compiled : null;

    /// <summary>What the compiled model costs, from 0 (nothing) to 1.</summary>
    public double Loss => Math.Clamp(Drop, 0, 1);
}
