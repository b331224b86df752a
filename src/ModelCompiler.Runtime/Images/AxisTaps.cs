namespace ModelCompiler;

/// <summary>The taps of one axis of the upright image: for rows and for columns in memory, and for an image that lies backwards there.</summary>
/// <remarks>The filter is symmetric: turning the axis around only turns around which part is visible.</remarks>
internal sealed class AxisTaps
{
    /// <summary>Below this scale, cells of columns are so short that adding them up costs more than it saves.</summary>
    private const double LeastScaleForCells = 3;

    public AxisTaps(int sourceLength, int scaledLength, int start, int count)
    {
        RowsForwards = TriangleFilter.Taps(sourceLength, scaledLength, start, count);
        RowsBackwards = TriangleFilter.Taps(sourceLength, scaledLength, scaledLength - start - count, count);
        var isShort = (double)sourceLength / scaledLength < LeastScaleForCells;
        ColumnsForwards = isShort ? RowsForwards.InSingles() : RowsForwards;
        ColumnsBackwards = isShort ? RowsBackwards.InSingles() : RowsBackwards;
    }

    public FilterTaps RowsForwards { get; }

    public FilterTaps RowsBackwards { get; }

    public FilterTaps ColumnsForwards { get; }

    public FilterTaps ColumnsBackwards { get; }

    /// <summary>Output positions.</summary>
    public int Count => RowsForwards.Count;
}
