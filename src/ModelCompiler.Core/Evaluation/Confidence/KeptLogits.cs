namespace ModelCompiler.Evaluation.Confidence;

/// <summary>The logits of labelled samples, as many as there is room for.</summary>
internal sealed class KeptLogits
{
    /// <summary>Of logits: 8,000 samples of 1000 classes.</summary>
    private const long MostBytes = 32L << 20;

    private readonly List<(float[] Logits, int Best, int Label)> _samples = [];
    private long _room = MostBytes;

    public int Count => _samples.Count;

    /// <summary>False once a sample did not fit: what is kept says nothing of the rest.</summary>
    public bool AreAll { get; private set; } = true;

    public void Add(float[] logits, int best, int label)
    {
        _room -= (long)logits.Length * sizeof(float);
        AreAll &= _room >= 0;
        if (AreAll)
            _samples.Add((logits, best, label));
        else
            _samples.Clear();
    }

    /// <summary>
    /// The derivatives of Σ −ln p(label) by β = 1 / T, the first and the second: E[z] − z(label) and the variance of z, by the probabilities that β gives. The second is
    /// never negative, so that the sum has one minimum.
    /// </summary>
    /// <param name="places">Samples to sum over.</param>
    /// <param name="beta">One over the temperature.</param>
    public (double First, double Second) Derivatives(IEnumerable<int> places, double beta)
    {
        var (first, second) = (0.0, 0.0);
        foreach (var place in places)
        {
            var (logits, best, label) = _samples[place];
            if (float.IsNegativeInfinity(logits[label]))
                continue; // impossible at any temperature
            var (sum, mean, square) = (0.0, 0.0, 0.0);
            foreach (var logit in logits)
            {
                if (float.IsNegativeInfinity(logit))
                    continue;
                var below = (double)logit - logits[best];
                var weight = Math.Exp(below * beta);
                (sum, mean, square) = (sum + weight, mean + (weight * below), square + (weight * below * below));
            }

            mean /= sum;
            first += mean - ((double)logits[label] - logits[best]);
            second += Math.Max(0, (square / sum) - (mean * mean));
        }

        return (first, second);
    }

    /// <summary>Adds what softmax(z / T) says of some samples.</summary>
    public void AddTo(ReliabilityBins bins, IEnumerable<int> places, double temperature)
    {
        foreach (var place in places)
        {
            var (logits, best, label) = _samples[place];
            ScoredAnswer.OfLogits(logits, temperature, best, label).AddTo(bins);
        }
    }
}
