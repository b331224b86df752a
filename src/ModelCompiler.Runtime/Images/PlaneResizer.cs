using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>Resizes one plane, row by row: for each cell of rows its sums, from them the output's columns, from two cells of those the output's rows.</summary>
/// <remarks>
/// The columns are computed eight values at a time: the sums and ramps of a pixel's channels, or where a pixel has fewer bytes, those of two or
/// four cells of rows. The columns of the last few cells are kept in a ring.
/// </remarks>
internal ref struct PlaneResizer
{
    private readonly Plane _plane;
    private readonly FilterTaps _rows;
    private readonly FilterTaps _columns;
    private readonly PlaneScratch _scratch;
    private int _cellsDone;

    public PlaneResizer(Plane plane, FilterTaps rows, FilterTaps columns, PlaneScratch scratch)
    {
        _plane = plane;
        _rows = rows;
        _columns = columns;
        _scratch = scratch;
    }

    /// <summary>Computes the next row of the output; nothing where there is no plane.</summary>
    /// <param name="y">One more than in the call before.</param>
    /// <param name="values">Receives a row for each channel, <see cref="PlaneScratch.Pitch"/> values apart.</param>
    public void Next(int y, Span<float> values)
    {
        if (_plane.Channels == 0)
            return;

        var first = _rows.First(y);
        var weights = _rows.Weights(y);
        while (_cellsDone < first + weights.Length)
            NextCells();

        for (var channel = 0; channel < _plane.Channels; channel++)
            RowMixer.Mix(_scratch.Ring, _scratch.RingRow(first, channel), _scratch.RingStep, weights, values.Slice(channel * _scratch.Pitch, _scratch.Pitch));
    }

    private void NextCells()
    {
        var offset = _plane.Column(_columns.Start) * _plane.PixelStride;
        var count = Math.Min(_scratch.CellsAtOnce, _rows.CellCount - _cellsDone);
        for (var i = 0; i < count; i++)
        {
            var (start, end) = (_rows.Borders[_cellsDone + i], _rows.Borders[_cellsDone + i + 1]);
            RowMoments.Sum(_plane, start, end, offset, _scratch.RowLength, _scratch.Moments(i));
        }

        SumColumns();
        Span<int> lanes = stackalloc int[8];
        FindLanes(lanes, count);
        ColumnWriter.Write(_columns, _scratch.Cells, _scratch.RingAndUnused, lanes);
        _cellsDone += _scratch.CellsAtOnce;
    }

    private readonly void SumColumns()
    {
        var layout = new MomentLayout(_plane.PixelStride, _scratch.RowLength);
        if (_scratch.CellsAtOnce == 4)
        {
            Interleaved(0);
            Interleaved(1);
            SumColumns(_scratch.AllLanes, 4, _scratch.Lanes(0).Length);
        }
        else
        {
            SumColumns(_scratch.Moments(0), layout.Pitch, _scratch.CellsAtOnce == 2 ? layout.Length : layout.ToRamps);
        }
    }

    private readonly void SumColumns(ReadOnlySpan<ushort> pixels, int pitch, int toSecond)
    {
        if (_columns.HasOnlySingles)
            ColumnMoments.Singles(pixels, pitch, toSecond, _plane, _columns, _scratch.Cells);
        else if (_plane.Halving == 0)
            ColumnMoments.Sum(pixels, pitch, toSecond, _columns, _scratch.Cells);
        else
            ColumnMoments.SumHalved(pixels, pitch, toSecond, _plane.PhaseX, _columns, _scratch.Cells);
    }

    /// <summary>Of pixels of one byte, two cells of rows beside each other.</summary>
    private readonly void Interleaved(int pair)
    {
        var even = MemoryMarshal.Cast<ushort, uint>(_scratch.Moments(2 * pair));
        var odd = MemoryMarshal.Cast<ushort, uint>(_scratch.Moments((2 * pair) + 1));
        RowLanes.Interleaved(even, odd, _scratch.RowLength, MemoryMarshal.Cast<ushort, uint>(_scratch.Lanes(pair)));
    }

    /// <summary>The row of the ring for each lane: each cell has the sums of its channels, then their ramps (<see cref="MomentLayout"/>).</summary>
    private readonly void FindLanes(Span<int> lanes, int cells)
    {
        lanes.Fill(_scratch.UnusedRow);
        var lanesOfCell = 8 / _scratch.CellsAtOnce;
        for (var cell = 0; cell < cells; cell++)
        {
            for (var channel = 0; channel < _plane.Channels; channel++)
            {
                var row = _scratch.RingRow(_cellsDone + cell, channel);
                lanes[(cell * lanesOfCell) + channel] = row;
                lanes[(cell * lanesOfCell) + (lanesOfCell / 2) + channel] = row + _scratch.Pitch;
            }
        }
    }
}
