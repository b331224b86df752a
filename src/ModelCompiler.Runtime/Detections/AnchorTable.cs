namespace ModelCompiler;

/// <summary>An output of a detector, seen as a table: a row for each place where an object may be found, a column for each number that is said of it.</summary>
public readonly ref struct AnchorTable
{
    private readonly ReadOnlySpan<float> _values;
    private readonly int _firstColumn;
    private readonly int _rowStep;
    private readonly int _columnStep;

    /// <param name="values">The output's values for one image.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columnsFirst">True for values of shape [columns, rows], false for [rows, columns].</param>
    /// <exception cref="ArgumentException">The values do not fill that many rows.</exception>
    public AnchorTable(ReadOnlySpan<float> values, int rows, bool columnsFirst)
    {
        if (rows <= 0 || values.Length % rows != 0)
            throw new ArgumentException($"{values.Length} values are no table of {rows} rows.", nameof(values));
        _values = values;
        Rows = rows;
        Columns = values.Length / rows;
        (_rowStep, _columnStep) = columnsFirst ? (1, rows) : (Columns, 1);
    }

    private AnchorTable(AnchorTable table, int firstColumn)
    {
        this = table;
        _firstColumn = table._firstColumn + firstColumn;
        Columns = table.Columns - firstColumn;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>One value.</summary>
    public float this[int row, int column] => _values[(row * _rowStep) + ((_firstColumn + column) * _columnStep)];

    /// <summary>The same table without its first columns.</summary>
    public AnchorTable From(int column) => new(this, column);
}
