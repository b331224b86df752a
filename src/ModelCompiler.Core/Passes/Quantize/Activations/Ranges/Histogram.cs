using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        var added = ValueRange.Of(values);
        Seen = Seen?.Union(added) ?? added;
        var greatest = Math.Max(-added.Min, added.Max);
        if (!Seen.Value.IsFinite || greatest == 0)
            return;
        Widen(Math.Max(Math.ILogB(greatest) + 1 - Log2BinsPerSide, LeastExponent));
        Count(values, added);
    }

    /// <summary>Takes in what another histogram counted: the same as if its numbers had been added here.</summary>
    public void Add(Histogram other)
    {
        if (other.Seen is not { } added)
            return;
        Seen = Seen?.Union(added) ?? added;
        if (!Seen.Value.IsFinite || other.NonZeros == 0)
            return;
        Widen(other._exponent);
        var pairings = Math.Min(_exponent - other._exponent, (sizeof(int) * 8) - 1);
        for (var bin = 0; bin < _counts.Length; bin++)
            _counts[((bin - BinsPerSide) >> pairings) + BinsPerSide] += other._counts[bin];
        NonZeros += other.NonZeros;
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
    private void Count(ReadOnlySpan<float> values, ValueRange ends)
    {
        var binsPerUnit = MathF.ScaleB(1, -_exponent);
        var (first, last) = ((int)MathF.Floor((float)ends.Min * binsPerUnit), (int)MathF.Floor((float)ends.Max * binsPerUnit));
        var bins = last - first + 1;
        var counters = ArrayPool<int>.Shared.Rent(2 * bins);
        Array.Clear(counters, 0, 2 * bins);
        var even = counters.AsSpan(0, bins);
        var odd = counters.AsSpan(bins, bins);
        var zeros = Count(values, binsPerUnit, first, even, odd);
        NonZeros += values.Length - zeros;
        for (var bin = 0; bin < bins; bin++)
            _counts[first + BinsPerSide + bin] += even[bin] + odd[bin];
        _counts[BinsPerSide] -= zeros;
        ArrayPool<int>.Shared.Return(counters);
    }

    /// <summary>How often each bin from <paramref name="first"/> on occurs.</summary>
    /// <returns>How often 0 does, which is counted as well.</returns>
    private static int Count(ReadOnlySpan<float> values, float binsPerUnit, int first, Span<int> even, Span<int> odd)
    {
        // No number is below the first bin or beyond the last: to be sure of that again for each would take a quarter of the time.
        ref var evens = ref MemoryMarshal.GetReference(even);
        ref var odds = ref MemoryMarshal.GetReference(odd);
        Span<int> bins = stackalloc int[Vector<int>.Count];
        var (zeros, origin) = (0, new Vector<int>(first));
        for (; values.Length >= bins.Length; values = values[bins.Length..])
        {
            var vector = new Vector<float>(values);
            zeros -= Vector.Sum(Vector.Equals(vector, Vector<float>.Zero)); // true is −1
            (Vector.ConvertToInt32Native(Vector.Floor(vector * binsPerUnit)) - origin).CopyTo(bins);
            for (var i = 0; i < bins.Length; i += 2)
            {
                Unsafe.Add(ref evens, bins[i])++;
                Unsafe.Add(ref odds, bins[i + 1])++;
            }
        }

        foreach (var value in values)
        {
            zeros += value == 0 ? 1 : 0;
            even[(int)MathF.Floor(value * binsPerUnit) - first]++;
        }

        return zeros;
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
