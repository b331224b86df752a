namespace ModelCompiler.Passes;

/// <summary>The range whose integers keep most of the distribution: the least Kullback–Leibler divergence of what was seen from what the integers tell.</summary>
/// <remarks>
/// P is the histogram, with all that is clipped added to the outermost bins that are not; Q spreads the numbers of each integer evenly over those of its
/// bins that P has; cost = Σ P·ln(P/Q). Source: Migacz, "8-bit inference with TensorRT", GTC 2017, there with magnitudes and one threshold;
/// here the integers are those of the range's own scale and zero point, and each end is a threshold of its own.
/// </remarks>
internal sealed class EntropyRange(IntegerFormat format) : IRangeRule
{
    public ValueRange RangeOf(Histogram histogram)
    {
        var divergence = new Divergence(histogram);
        return RangeSearch.Cheapest(histogram, format, divergence.Of);
    }

    /// <summary>Sums over the bins below each bin, from which the divergence of all bins that share an integer follows in one step.</summary>
    private sealed class Divergence
    {
        private readonly Histogram _histogram;
        private readonly long[] _counts = new long[(2 * Histogram.BinsPerSide) + 1];
        private readonly int[] _filled = new int[(2 * Histogram.BinsPerSide) + 1];
        private readonly double[] _entropies = new double[(2 * Histogram.BinsPerSide) + 1];

        public Divergence(Histogram histogram)
        {
            _histogram = histogram;
            for (var bin = 0; bin < histogram.Counts.Length; bin++)
            {
                var count = histogram.Counts[bin];
                _counts[bin + 1] = _counts[bin] + count;
                _filled[bin + 1] = _filled[bin] + (count > 0 ? 1 : 0);
                _entropies[bin + 1] = _entropies[bin] + TimesLog(count, count);
            }
        }

        /// <summary>Infinite where a bin that took over clipped numbers belongs to an integer that had none.</summary>
        public double Of(QuantizationParameters parameters)
        {
            var begin = EndOf(parameters.Format.Min - 1, parameters);
            var end = EndOf(parameters.Format.Max, parameters);
            var inside = _counts[end] - _counts[begin];
            if (inside == 0)
                return double.PositiveInfinity;
            var (below, above) = (_counts[begin], _counts[^1] - _counts[end]);
            var sum = 0.0;
            var first = begin;
            for (var integer = parameters.Format.Min; integer <= parameters.Format.Max; integer++)
            {
                var next = Math.Clamp(EndOf(integer, parameters), first, end);
                if (next > first)
                    sum += first == begin ? Of(first, next, begin, below) : Of(first, next, end - 1, next == end ? above : 0);
                first = next;
            }

            var total = (double)_counts[^1];
            return (sum / total) + Math.Log(inside / total);
        }

        private int EndOf(int integer, QuantizationParameters parameters) =>
            _histogram.FirstBinFrom((integer - parameters.ZeroPoint + 0.5) * parameters.Scale);

        /// <summary>Σ P·ln P − Σ P·ln Q over the bins of one integer, in counts; <paramref name="outermost"/> takes the clipped numbers.</summary>
        private double Of(int first, int end, int outermost, long clipped)
        {
            var count = _counts[end] - _counts[first];
            var filled = _filled[end] - _filled[first];
            var entropy = _entropies[end] - _entropies[first];
            if (clipped > 0)
            {
                var own = _histogram.Counts[outermost];
                entropy += TimesLog(own + clipped, own + clipped) - TimesLog(own, own);
                filled += own == 0 ? 1 : 0;
            }

            return entropy - TimesLog(count + clipped, (double)count / filled);
        }

        private static double TimesLog(long factor, double number) => factor == 0 ? 0 : factor * Math.Log(number);
    }
}
