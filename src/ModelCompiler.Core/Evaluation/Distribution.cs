namespace ModelCompiler.Evaluation;

/// <summary>Percentiles of measured times.</summary>
public sealed class Distribution
{
    /// <summary>Fewest samples for a 90th percentile at 99 % confidence (MLPerf's query counts).</summary>
    public const int SamplesForP90 = 64;

    /// <summary>The same for the 99th.</summary>
    public const int SamplesForP99 = 662;

    private readonly double[] _sorted;

    /// <param name="values">At least one.</param>
    public Distribution(IEnumerable<double> values)
    {
        _sorted = [.. values.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(_sorted.Length, nameof(values));
    }

    public int Count => _sorted.Length;

    public double Median => Quantile(0.5);

    /// <summary>
    /// Where the median of all that could be measured lies, at 95 % confidence: between the values of ranks n/2 ± 0.98·√n, whatever the distribution
    /// (Conover, Practical Nonparametric Statistics, 1999, section 3.2).
    /// </summary>
    public (double Low, double High) MedianInterval
    {
        get
        {
            var reach = 0.98 * Math.Sqrt(Count);
            var (low, high) = ((int)Math.Floor((Count / 2.0) - reach), (int)Math.Ceiling((Count / 2.0) + reach));
            return (_sorted[Math.Max(0, low - 1)], _sorted[Math.Min(Count - 1, high)]);
        }
    }

    /// <summary>Null where there are too few samples to say.</summary>
    public double? P90 => Count >= SamplesForP90 ? Quantile(0.9) : null;

    /// <summary>Null where there are too few samples to say.</summary>
    public double? P99 => Count >= SamplesForP99 ? Quantile(0.99) : null;

    /// <summary>Interpolates between the neighbours.</summary>
    private double Quantile(double share)
    {
        var place = share * (Count - 1);
        var below = (int)place;
        return below + 1 < Count ? double.Lerp(_sorted[below], _sorted[below + 1], place - below) : _sorted[below];
    }
}
