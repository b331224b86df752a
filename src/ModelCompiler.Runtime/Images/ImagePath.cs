namespace ModelCompiler;

/// <summary>Where in a tensor the pixels of an upright image lie.</summary>
/// <param name="Start">The first value of the upper left one.</param>
/// <param name="ColumnStep">Values from one column to the next.</param>
/// <param name="RowStep">Values from one row to the next.</param>
/// <param name="ChannelStep">Values from one channel to the next.</param>
internal readonly record struct TensorPixels(int Start, int ColumnStep, int RowStep, int ChannelStep);

/// <summary>The way of an image as it lies in memory into a tensor where it is upright.</summary>
/// <remarks>
/// Rows in memory are read in order whatever the image's orientation. Resizing does not care for it, since the filter is the same in both
/// directions and along both axes; so only where a value is stored depends on it.
/// </remarks>
internal readonly struct ImagePath
{
    private readonly TensorPixels _tensor;

    /// <param name="x">The taps of the upright image's width.</param>
    /// <param name="y">Those of its height.</param>
    /// <param name="orientation">How it lies in memory.</param>
    /// <param name="upright">Where its pixels belong.</param>
    public ImagePath(AxisTaps x, AxisTaps y, Orientation orientation, TensorPixels upright)
    {
        var (columns, rows) = orientation.Transposed ? (y, x) : (x, y);
        var (columnStep, rowStep) = orientation.Transposed ? (upright.RowStep, upright.ColumnStep) : (upright.ColumnStep, upright.RowStep);
        Columns = orientation.ColumnsBackwards ? columns.ColumnsBackwards : columns.ColumnsForwards;
        Rows = orientation.RowsBackwards ? rows.RowsBackwards : rows.RowsForwards;
        var start = upright.Start;
        if (orientation.ColumnsBackwards)
            (start, columnStep) = (start + ((Columns.Count - 1) * columnStep), -columnStep);
        if (orientation.RowsBackwards)
            (start, rowStep) = (start + ((Rows.Count - 1) * rowStep), -rowStep);
        _tensor = new TensorPixels(start, columnStep, rowStep, upright.ChannelStep);
    }

    /// <summary>The taps of the columns in memory.</summary>
    public FilterTaps Columns { get; }

    /// <summary>The taps of the rows in memory.</summary>
    public FilterTaps Rows { get; }

    /// <summary>Where a resized row of memory belongs.</summary>
    public TensorRow Target(int row) => new(_tensor.Start + (row * _tensor.RowStep), _tensor.ColumnStep, _tensor.ChannelStep);
}
