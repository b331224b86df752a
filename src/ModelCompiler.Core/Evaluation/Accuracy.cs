namespace ModelCompiler.Evaluation;

/// <summary>How good two models are on the same samples, by one metric.</summary>
/// <param name="Metric">The metric's name, as reports show it.</param>
/// <param name="Samples">Samples that were judged.</param>
public abstract record Accuracy(string Metric, int Samples)
{
    /// <summary>Of the original, from 0 to 1.</summary>
    public abstract double Original { get; }

    /// <summary>Of the compiled model, from 0 to 1.</summary>
    public abstract double Compiled { get; }

    /// <summary>Original minus compiled: positive where the compiled model is worse.</summary>
    public virtual double Drop => Original - Compiled;

    /// <summary>The interval that holds the true drop in 95 of 100 cases.</summary>
    public abstract (double Low, double High) Drop95 { get; }

    /// <summary>The interval that holds the compiled model's true figure in 95 of 100 cases; null where the metric has none.</summary>
    public virtual (double Low, double High)? Compiled95 => null;

    /// <summary>How likely so large a difference would be if both were equally good; null where the metric has no test for it.</summary>
    public virtual double? PValue => null;

    /// <summary>True where the original's answers were taken for right, since nobody said what is.</summary>
    public bool IsAgreement { get; init; }

    /// <summary>How much of what the original answers the compiled model answers too, from 0 to 1; null where the metric does not tell.</summary>
    public virtual double? Agreement => IsAgreement ? Compiled : null;

    /// <summary>What the compiled model costs, from 0 (nothing) to 1.</summary>
    public double Loss => Math.Clamp(Drop, 0, 1);
}
