using System.Numerics;
using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>How often numbers occurred, in bins of equal width: what the numbers of any number of samples leave behind, in 64 KB.</summary>
/// <remarks>
/// The width is a power of two and bins begin at its multiples, so that a histogram that has become too narrow is made wider by joining bins
/// in pairs: one pass over the data is enough, and the order of samples does not matter. Zeros are counted apart, because integers represent
/// them exactly whatever the range.
/// </remarks>
internal sealed class Histogram
{
    /// <summary>Bins on each side of 0. The widest number lies in the outer half of its side.</summary>
    public const int BinsPerSide = 1 << Log2BinsPerSide;

    private const int Log2BinsPerSide = 12;

    /// <summary>Of the width, so that its inverse is a float: numbers so small are taken for zeros in the end.</summary>
    private const int LeastExponent = -120;

    private readonly long[] _counts = new long[2 * BinsPerSide];
    private int _exponent = int.MinValue;

    /// <summary>The number of values in each bin, without zeros; bin <c>i</c> begins at <c>(i − BinsPerSide)·Width</c>.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>The width of a bin; 0 while nothing but zeros was added.</summary>
    public double Width => _exponent == int.MinValue ? 0 : Math.ScaleB(1, _exponent);

    /// <summary>The number of values that are not 0.</summary>
    public long NonZeros { get; private set; }

    /// <summary>The least and greatest number; null where there was none, not finite where one was not. Such a number ends the counting.</summary>
    public ValueRange? Seen { get; private set; }

    /// <summary>The middle of a bin, or of that part of it in which numbers were seen.</summary>
    public double CentreOf(int bin) => Math.Clamp((bin - BinsPerSide + 0.5) * Width, Seen!.Value.Min, Seen.Value.Max);

    /// <summary>The first bin whose middle is at <paramref name="value"/> or above; the number of bins where none is.</summary>
    public int FirstBinFrom(double value) => (int)Math.Clamp(Math.Ceiling((value / Width) - 0.5) + BinsPerSide, 0, _counts.Length);

    public void Add(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
            return;
        var added = new ValueRange(TensorPrimitives.Min(values), TensorPrimitives.Max(values));
        Seen = Seen?.Union(added) ?? added;
        var greatest = Math.Max(-added.Min, added.Max);
        if (!Seen.Value.IsFinite || greatest == 0)
            return;
        Widen(Math.Max(Math.ILogB(greatest) + 1 - Log2BinsPerSide, LeastExponent));
        Count(values);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_exponent);
        writer.Write(NonZeros);
        writer.Write(Seen);
        foreach (var count in _counts)
            writer.Write7BitEncodedInt64(count);
    }

    public void Load(BinaryReader reader)
    {
        (_exponent, NonZeros, Seen) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadRange());
        for (var bin = 0; bin < _counts.Length; bin++)
            _counts[bin] = reader.Read7BitEncodedInt64();
    }

    /// <summary>Neighbours often fall into one bin, and adding to it twice in a row waits for memory: two sets of counters take turns.</summary>
    private void Count(ReadOnlySpan<float> values)
    {
        var binsPerUnit = MathF.ScaleB(1, -_exponent);
        var (even, odd) = (new int[_counts.Length], new int[_counts.Length]);
        Span<int> bins = stackalloc int[Vector<int>.Count];
        var (zeros, count) = (0, values.Length);
        for (; values.Length >= bins.Length; values = values[bins.Length..])
        {
            var vector = new Vector<float>(values);
            zeros -= Vector.Sum(Vector.Equals(vector, Vector<float>.Zero)); // true is −1
            Vector.ConvertToInt32Native(Vector.Floor(vector * binsPerUnit)).CopyTo(bins);
            for (var i = 0; i < bins.Length; i += 2)
            {
                even[bins[i] + BinsPerSide]++;
                odd[bins[i + 1] + BinsPerSide]++;
            }
        }

        foreach (var value in values)
        {
            zeros += value == 0 ? 1 : 0;
            even[(int)MathF.Floor(value * binsPerUnit) + BinsPerSide]++;
        }

        NonZeros += count - zeros;
        even[BinsPerSide] -= zeros;
        for (var bin = 0; bin < _counts.Length; bin++)
            _counts[bin] += even[bin] + odd[bin];
    }

    private void Widen(int exponent)
    {
        if (NonZeros == 0)
            _exponent = exponent;
        for (; _exponent < exponent; _exponent++)
            JoinPairs();
    }

    private void JoinPairs()
    {
        var joined = new long[_counts.Length];
        for (var bin = 0; bin < _counts.Length; bin++)
            joined[((bin - BinsPerSide) >> 1) + BinsPerSide] += _counts[bin];
        joined.CopyTo(_counts, 0);
    }
}
