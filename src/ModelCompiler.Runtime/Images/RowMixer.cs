using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>Weighs cells of rows: the vertical half of the filter, once the rows have the output's columns.</summary>
internal static class RowMixer
{
    /// <param name="ring">Rows of sums, each followed by a row of ramps; what lies behind the end continues at the start.</param>
    /// <param name="start">Where the first cell's row starts.</param>
    /// <param name="step">From one cell to the next.</param>
    /// <param name="weights">One for each cell.</param>
    /// <param name="row">Receives the values; its length is that of the ring's rows, a multiple of a vector.</param>
    public static void Mix(ReadOnlySpan<float> ring, int start, int step, ReadOnlySpan<CellWeight> weights, Span<float> row)
    {
        row.Clear();
        for (var i = 0; i < weights.Length; i++)
        {
            Add(ring.Slice(start, row.Length), ring.Slice(start + row.Length, row.Length), weights[i], row);
            start += step;
            if (start >= ring.Length)
                start -= ring.Length;
        }
    }

    private static void Add(ReadOnlySpan<float> sums, ReadOnlySpan<float> ramps, CellWeight weight, Span<float> row)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var ramp = ref MemoryMarshal.GetReference(ramps);
        ref var target = ref MemoryMarshal.GetReference(row);
        var (ofSum, ofRamp) = (new Vector<float>(weight.Sum), new Vector<float>(weight.Ramp));
        for (nuint x = 0; x < (nuint)row.Length; x += (nuint)Vector<float>.Count)
        {
            var value = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref sum, x), ofSum, Vector.LoadUnsafe(ref target, x));
            Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref ramp, x), ofRamp, value).StoreUnsafe(ref target, x);
        }
    }
}
