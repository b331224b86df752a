using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>Weighs the cells of columns: the horizontal half of the filter, from its moments to rows of the output's columns.</summary>
internal static class ColumnWriter
{
    /// <summary>Four columns of eight lanes at a time become eight rows.</summary>
    /// <param name="columns">The taps.</param>
    /// <param name="cells">The moments of each cell, and as many zeros as an output has cells.</param>
    /// <param name="ring">Receives the rows.</param>
    /// <param name="lanes">Where each of the eight starts.</param>
    public static void Write(FilterTaps columns, ReadOnlySpan<CellMoments> cells, Span<float> ring, ReadOnlySpan<int> lanes)
    {
        ref var row0 = ref ring[lanes[0]];
        ref var row1 = ref ring[lanes[1]];
        ref var row2 = ref ring[lanes[2]];
        ref var row3 = ref ring[lanes[3]];
        ref var row4 = ref ring[lanes[4]];
        ref var row5 = ref ring[lanes[5]];
        ref var row6 = ref ring[lanes[6]];
        ref var row7 = ref ring[lanes[7]];
        var taps = new PaddedTaps(columns, cells);
        for (var x = 0; x < columns.Count; x += 4)
        {
            var (column0, column1, column2, column3) = (taps.Next(), taps.Next(), taps.Next(), taps.Next());
            Interleave.Transpose(ref column0, ref column1, ref column2, ref column3);
            column0.GetLower().StoreUnsafe(ref row0, (nuint)x);
            column1.GetLower().StoreUnsafe(ref row1, (nuint)x);
            column2.GetLower().StoreUnsafe(ref row2, (nuint)x);
            column3.GetLower().StoreUnsafe(ref row3, (nuint)x);
            column0.GetUpper().StoreUnsafe(ref row4, (nuint)x);
            column1.GetUpper().StoreUnsafe(ref row5, (nuint)x);
            column2.GetUpper().StoreUnsafe(ref row6, (nuint)x);
            column3.GetUpper().StoreUnsafe(ref row7, (nuint)x);
        }
    }

    /// <summary>Goes through the outputs without checks: every one has the same number of weights, of which some are 0.</summary>
    private ref struct PaddedTaps(FilterTaps columns, ReadOnlySpan<CellMoments> cells)
    {
        private readonly ref CellMoments _cells = ref MemoryMarshal.GetReference(cells);
        private readonly int _widest = columns.Widest;
        private readonly bool _hasRamps = !columns.HasOnlySingles;
        private ref int _first = ref MemoryMarshal.GetReference(columns.PaddedFirst);
        private ref CellWeight _weight = ref MemoryMarshal.GetReference(columns.PaddedWeights);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Next()
        {
            ref var cell = ref Unsafe.Add(ref _cells, _first);
            var sum = Weighted(ref cell, ref _weight, Vector256<float>.Zero);
            for (nint i = 1; i < _widest; i++)
                sum = Weighted(ref Unsafe.Add(ref cell, i), ref Unsafe.Add(ref _weight, i), sum);
            _first = ref Unsafe.Add(ref _first, 1);
            _weight = ref Unsafe.Add(ref _weight, _widest);
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly Vector256<float> Weighted(ref CellMoments cell, ref CellWeight weight, Vector256<float> sum)
        {
            sum = Vector256.MultiplyAddEstimate(cell.Sum, Vector256.Create(weight.Sum), sum);
            return _hasRamps ? Vector256.MultiplyAddEstimate(cell.Ramp, Vector256.Create(weight.Ramp), sum) : sum;
        }
    }
}
