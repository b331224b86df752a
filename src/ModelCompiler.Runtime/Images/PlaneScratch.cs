using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>The memory that resizing a plane needs: sums of a few rows, and a ring of the last rows that are resized in width.</summary>
internal readonly ref struct PlaneScratch
{
    private const int FloatsOfCell = 16;

    private readonly Span<float> _memory;
    private readonly int _channels;
    private readonly int _momentsLength;
    private readonly int _lanesLength;
    private readonly int _cellsLength;
    private readonly int _slots;
    private readonly int _ringLength;

    /// <param name="plane">The plane; one without channels needs nothing.</param>
    /// <param name="rows">The taps of its rows.</param>
    /// <param name="columns">Those of its columns.</param>
    /// <param name="memory">From where its memory is taken; may be empty to ask for the <see cref="Length"/>.</param>
    public PlaneScratch(Plane plane, FilterTaps rows, FilterTaps columns, Span<float> memory)
    {
        if (plane.Channels == 0)
            return;

        _channels = plane.Channels;
        Pitch = PitchOf(columns);
        CellsAtOnce = plane.PixelStride switch { 1 => 4, 2 => 2, _ => 1 };
        var pixels = plane.Column(columns.End - 1) - plane.Column(columns.Start) + 1;
        RowLength = checked(((pixels - 1) * plane.PixelStride) + plane.Channels);
        _momentsLength = new MomentLayout(plane.PixelStride, RowLength).Length;
        _lanesLength = CellsAtOnce == 4 ? checked(4 * (pixels + RowLanes.Spare)) : 0;
        _cellsLength = checked((columns.CellCount + columns.Widest) * FloatsOfCell);
        _slots = rows.Widest + CellsAtOnce;
        _ringLength = checked(_slots * 2 * Pitch * plane.Channels);
        _memory = memory.IsEmpty ? memory : memory[..Length];
        if (!memory.IsEmpty)
            Cells[columns.CellCount..].Clear();
    }

    /// <summary>From one row of the output to the next: its length, rounded up so that it can be computed in whole vectors.</summary>
    public int Pitch { get; }

    /// <summary>Cells of rows whose columns are computed together.</summary>
    public int CellsAtOnce { get; }

    /// <summary>Bytes used of each row of the plane.</summary>
    public int RowLength { get; }

    /// <summary>Values in all.</summary>
    public int Length => checked((CellsAtOnce * (_momentsLength / 2)) + _lanesLength + _cellsLength + _ringLength + Pitch);

    /// <summary>The sums and ramps of two pairs of cells, beside each other.</summary>
    public Span<ushort> AllLanes => MemoryMarshal.Cast<float, ushort>(_memory.Slice(CellsAtOnce * (_momentsLength / 2), _lanesLength));

    /// <summary>The moments of the columns' cells, and a few that stay zero.</summary>
    public Span<CellMoments> Cells =>
        MemoryMarshal.Cast<float, CellMoments>(_memory.Slice((CellsAtOnce * (_momentsLength / 2)) + _lanesLength, _cellsLength));

    /// <summary>For the last cells of rows and each channel a row of sums and one of ramps, in the output's columns.</summary>
    public Span<float> Ring => RingAndUnused[.._ringLength];

    /// <summary>The same, and a row for lanes without use.</summary>
    public Span<float> RingAndUnused => _memory[^(_ringLength + Pitch)..];

    /// <summary>Where in the ring lanes without use go.</summary>
    public int UnusedRow => _ringLength;

    /// <summary>From one cell of the ring to the next.</summary>
    public int RingStep => 2 * Pitch * _channels;

    public static int PitchOf(FilterTaps columns) => (columns.Count + Vector<float>.Count + 3) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>The sums and ramps of one cell's rows, and all behind them.</summary>
    public Span<ushort> Moments(int cell) =>
        MemoryMarshal.Cast<float, ushort>(_memory[..(CellsAtOnce * (_momentsLength / 2))])[(cell * _momentsLength)..];

    /// <summary>One pair of cells of <see cref="AllLanes"/>.</summary>
    public Span<ushort> Lanes(int pair) => AllLanes.Slice(pair * _lanesLength, _lanesLength);

    /// <summary>Where in the ring a cell's row of sums starts; its row of ramps follows.</summary>
    public int RingRow(int cell, int channel) => (cell % _slots * RingStep) + (channel * 2 * Pitch);
}
