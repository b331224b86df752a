using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>Resizes one plane, row by row: for each cell of rows its sums, from them the output's columns, from two cells of those the output's rows.</summary>
/// <remarks>
/// The columns are computed four values at a time: the channels of a pixel, or where a pixel has fewer bytes, those of two or four cells of
/// rows. The columns of the last few cells are kept in a ring.
/// </remarks>
internal ref struct PlaneResizer
{
    private readonly Plane _plane;
    private readonly FilterTaps _rows;
    private readonly FilterTaps _columns;
    private readonly Sizes _sizes;
    private readonly Span<ushort> _moments;
    private readonly Span<ushort> _lanes;
    private readonly Span<CellMoments> _cells;
    private readonly Span<float> _ring;
    private int _cellsDone;

    public PlaneResizer(Plane plane, FilterTaps rows, FilterTaps columns, scoped ref Span<float> scratch)
    {
        _plane = plane;
        _rows = rows;
        _columns = columns;
        _sizes = new Sizes(plane, rows, columns);
        _moments = MemoryMarshal.Cast<float, ushort>(Take(ref scratch, _sizes.Moments));
        _lanes = MemoryMarshal.Cast<float, ushort>(Take(ref scratch, _sizes.Lanes));
        _cells = MemoryMarshal.Cast<float, CellMoments>(Take(ref scratch, _sizes.Cells));
        _ring = Take(ref scratch, _sizes.Ring);
    }

    /// <summary>Values of scratch memory that a resizer of the plane takes.</summary>
    public static int ScratchLength(Plane plane, FilterTaps rows, FilterTaps columns) => new Sizes(plane, rows, columns).Total;

    /// <summary>The pitch of rows of the output: their length, rounded up so that they can be computed in whole vectors.</summary>
    public static int Pitch(FilterTaps columns) => (columns.Count + Vector<float>.Count + 3) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>Computes the next row of the output; nothing where there is no plane.</summary>
    /// <param name="y">One more than in the call before.</param>
    /// <param name="values">Receives a row for each channel, <see cref="Pitch"/> values apart.</param>
    public void Next(int y, Span<float> values)
    {
        if (_plane.Channels == 0)
            return;

        var first = _rows.First(y);
        var weights = _rows.Weights(y);
        while (_cellsDone < first + weights.Length)
            NextCells();

        for (var channel = 0; channel < _plane.Channels; channel++)
            Mix(first, weights, channel, values.Slice(channel * _sizes.Pitch, _sizes.Pitch));
    }

    private void NextCells()
    {
        var offset = _plane.Column(_columns.Start) * _plane.PixelStride;
        for (var i = 0; i < _sizes.CellsAtOnce && _cellsDone + i < _rows.CellCount; i++)
        {
            var (start, end) = (_rows.Borders[_cellsDone + i], _rows.Borders[_cellsDone + i + 1]);
            RowMoments.Sum(_plane, start, end, offset, SumsRow(i)[.._sizes.RowLength], RampsRow(i));
        }

        if (_sizes.CellsAtOnce == 1)
        {
            ColumnMoments.Sum(SumsRow(0), RampsRow(0), _plane.PixelStride, _plane, _columns, _cells);
        }
        else
        {
            var sums = _lanes[..(_lanes.Length / 2)];
            var ramps = _lanes[(_lanes.Length / 2)..];
            Interleaved(SumsRow(0), sums);
            Interleaved(RampsRow(0), ramps);
            ColumnMoments.Sum(sums, ramps, 4, _plane, _columns, _cells);
        }

        StoreColumns();
        _cellsDone += _sizes.CellsAtOnce;
    }

    private readonly Span<ushort> SumsRow(int cell) => _moments[(cell * _sizes.RowPitch)..];

    private readonly Span<ushort> RampsRow(int cell) => _moments[((_sizes.CellsAtOnce + cell) * _sizes.RowPitch)..];

    private readonly void Interleaved(ReadOnlySpan<ushort> rows, Span<ushort> lanes)
    {
        if (_sizes.CellsAtOnce == 4)
            RowLanes.FromFour(rows, _sizes.RowPitch, _sizes.RowLength, lanes);
        else
            RowLanes.FromTwo(rows, _sizes.RowPitch, _sizes.RowLength, lanes);
    }

    /// <summary>Four columns at a time become four rows, one for each lane; lanes without use go to a row of their own.</summary>
    private readonly void StoreColumns()
    {
        var (row0, row1, row2, row3) = (LaneRow(0), LaneRow(1), LaneRow(2), LaneRow(3));
        var ramps = _sizes.Pitch;
        for (var x = 0; x < _columns.Count; x += 4)
        {
            var (sum0, ramp0) = Column(x);
            var (sum1, ramp1) = Column(x + 1);
            var (sum2, ramp2) = Column(x + 2);
            var (sum3, ramp3) = Column(x + 3);
            Interleave.Transpose(ref sum0, ref sum1, ref sum2, ref sum3);
            Interleave.Transpose(ref ramp0, ref ramp1, ref ramp2, ref ramp3);
            sum0.CopyTo(_ring[(row0 + x)..]);
            sum1.CopyTo(_ring[(row1 + x)..]);
            sum2.CopyTo(_ring[(row2 + x)..]);
            sum3.CopyTo(_ring[(row3 + x)..]);
            ramp0.CopyTo(_ring[(row0 + ramps + x)..]);
            ramp1.CopyTo(_ring[(row1 + ramps + x)..]);
            ramp2.CopyTo(_ring[(row2 + ramps + x)..]);
            ramp3.CopyTo(_ring[(row3 + ramps + x)..]);
        }
    }

    private readonly (Vector128<float> Sum, Vector128<float> Ramp) Column(int x)
    {
        x = Math.Min(x, _columns.Count - 1);
        var weights = _columns.Weights(x);
        var cells = _cells.Slice(_columns.First(x), weights.Length);
        var (sum, ramp) = (Vector128<float>.Zero, Vector128<float>.Zero);
        for (var i = 0; i < cells.Length; i++)
        {
            var weight = weights[i];
            sum += (cells[i].Sum * weight.Sum) + (cells[i].SumRamp * weight.Ramp);
            ramp += (cells[i].Ramp * weight.Sum) + (cells[i].RampRamp * weight.Ramp);
        }

        return (sum, ramp);
    }

    /// <summary>Where in the ring a lane's row of sums starts; its row of ramps follows.</summary>
    private readonly int LaneRow(int lane)
    {
        var lanesPerCell = 4 / _sizes.CellsAtOnce;
        var (cell, channel) = (_cellsDone + (lane / lanesPerCell), lane % lanesPerCell);
        return cell < _rows.CellCount && channel < _plane.Channels ? RingRow(cell, channel) : _sizes.UnusedRow;
    }

    private readonly int RingRow(int cell, int channel) => 2 * _sizes.Pitch * ((cell % _sizes.Slots * _plane.Channels) + channel);

    private readonly void Mix(int first, ReadOnlySpan<CellWeight> weights, int channel, Span<float> row)
    {
        row.Clear();
        for (var i = 0; i < weights.Length; i++)
        {
            var start = RingRow(first + i, channel);
            var sums = _ring.Slice(start, row.Length);
            var ramps = _ring.Slice(start + row.Length, row.Length);
            for (var x = 0; x < row.Length; x += Vector<float>.Count)
            {
                var sum = new Vector<float>(row[x..]) + (new Vector<float>(sums[x..]) * weights[i].Sum) + (new Vector<float>(ramps[x..]) * weights[i].Ramp);
                sum.CopyTo(row[x..]);
            }
        }
    }

    private static Span<float> Take(scoped ref Span<float> scratch, int length)
    {
        var taken = scratch[..length];
        scratch = scratch[length..];
        return taken;
    }

    /// <summary>How much of everything there is, in values of scratch memory where nothing else is said.</summary>
    private readonly struct Sizes
    {
        public Sizes(Plane plane, FilterTaps rows, FilterTaps columns)
        {
            if (plane.Channels == 0)
                return;

            CellsAtOnce = plane.PixelStride switch { 1 => 4, 2 => 2, _ => 1 };
            Pitch = PlaneResizer.Pitch(columns);
            var pixels = plane.Column(columns.End - 1) - plane.Column(columns.Start) + 1;
            RowLength = checked(((pixels - 1) * plane.PixelStride) + plane.Channels);
            RowPitch = checked((pixels * plane.PixelStride) + ColumnMoments.Spare + RowLanes.Spare) & ~1;
            Moments = checked(CellsAtOnce * RowPitch);
            Lanes = CellsAtOnce == 1 ? 0 : checked(4 * (pixels + RowLanes.Spare + ColumnMoments.Spare));
            Cells = checked(columns.CellCount * 16);
            Slots = rows.Widest + CellsAtOnce;
            UnusedRow = checked(2 * Pitch * Slots * plane.Channels);
            Ring = checked(UnusedRow + (2 * Pitch));
        }

        /// <summary>Cells of rows whose columns are computed together.</summary>
        public int CellsAtOnce { get; }

        /// <summary>From one row of the output to the next.</summary>
        public int Pitch { get; }

        /// <summary>Bytes used of each row of the plane.</summary>
        public int RowLength { get; }

        /// <summary>Sums from one row of them to the next.</summary>
        public int RowPitch { get; }

        /// <summary>The sums and ramps of the cells' rows, two in a value.</summary>
        public int Moments { get; }

        /// <summary>The same, interleaved.</summary>
        public int Lanes { get; }

        public int Cells { get; }

        /// <summary>Cells that the ring holds.</summary>
        public int Slots { get; }

        /// <summary>A row of the ring that nobody reads.</summary>
        public int UnusedRow { get; }

        public int Ring { get; }

        public int Total => checked(Moments + Lanes + Cells + Ring);
    }
}
