namespace ModelCompiler.Passes;

/// <summary>The range that makes the least squared error: rounding within it and clipping outside it, both counted over the histogram.</summary>
/// <remarks>
/// Σ n·(x − x̂)² over all bins, where x̂ is what the integer nearest to x stands for. Source of the criterion: Sakr et al., 2022, arXiv:2206.06501
/// (OCTAV), there with a model of the rounding error and for symmetric ranges; here the error is that of the real integers, for both ends.
/// </remarks>
/// <param name="format">The integers.</param>
internal sealed class MseRange(IntegerFormat format) : IRangeRule
{
    /// <summary>How many times the error of numbers beyond the ends counts: 1 for least squared error.</summary>
    public double ClippingWeight { get; init; } = 1;

    public ValueRange RangeOf(Histogram histogram)
    {
        var error = new SquaredError(histogram, ClippingWeight);
        return RangeSearch.Cheapest(histogram, format, error.Of);
    }

    /// <summary>Sums over the bins below each bin, from which the error of all bins that share an integer follows in one step.</summary>
    private sealed class SquaredError
    {
        private readonly Histogram _histogram;
        private readonly double _clippingWeight;
        private readonly double[] _counts = new double[(2 * Histogram.BinsPerSide) + 1];
        private readonly double[] _sums = new double[(2 * Histogram.BinsPerSide) + 1];
        private readonly double[] _squares = new double[(2 * Histogram.BinsPerSide) + 1];

        public SquaredError(Histogram histogram, double clippingWeight)
        {
            _histogram = histogram;
            _clippingWeight = clippingWeight;
            for (var bin = 0; bin < histogram.Counts.Length; bin++)
            {
                var (count, centre) = ((double)histogram.Counts[bin], histogram.CentreOf(bin));
                _counts[bin + 1] = _counts[bin] + count;
                _sums[bin + 1] = _sums[bin] + (count * centre);
                _squares[bin + 1] = _squares[bin] + (count * centre * centre);
            }
        }

        public double Of(QuantizationParameters parameters)
        {
            var error = 0.0;
            var first = 0;
            for (var integer = parameters.Format.Min; integer <= parameters.Format.Max; integer++)
            {
                var steps = integer - parameters.ZeroPoint;
                var end = integer == parameters.Format.Max ? _counts.Length - 1 : Math.Max(first, _histogram.FirstBinFrom((steps + 0.5) * parameters.Scale));
                error += Of(first, end, steps * (double)parameters.Scale);
                first = end;
            }

            return _clippingWeight == 1 ? error : error + ((_clippingWeight - 1) * OfClipped(parameters));
        }

        private double OfClipped(QuantizationParameters parameters)
        {
            var (ends, half) = (parameters.Range, parameters.Scale / 2.0);
            return Of(0, _histogram.FirstBinFrom(ends.Min - half), ends.Min) + Of(_histogram.FirstBinFrom(ends.Max + half), _counts.Length - 1, ends.Max);
        }

        /// <summary>Σ n·(x − x̂)² = Σ n·x² − 2·x̂·Σ n·x + x̂²·Σ n over the bins of one integer.</summary>
        private double Of(int first, int end, double value) =>
            _squares[end] - _squares[first] - (2 * value * (_sums[end] - _sums[first])) + (value * value * (_counts[end] - _counts[first]));
    }
}
