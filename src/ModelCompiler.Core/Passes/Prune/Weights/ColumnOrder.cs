namespace ModelCompiler.Passes;

/// <summary>The columns of a matrix in another order: those that are named first, then the others.</summary>
internal sealed class ColumnOrder
{
    private readonly int[] _order;

    public ColumnOrder(IReadOnlyList<int> first, int columns) => _order = [.. first, .. Enumerable.Range(0, columns).Except(first)];

    /// <summary>Of rows of this many columns.</summary>
    public T[] Of<T>(T[] rows)
    {
        var ordered = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            ordered[i] = rows[(i / _order.Length * _order.Length) + _order[i % _order.Length]];
        return ordered;
    }

    /// <summary>Of a square matrix, rows and columns alike.</summary>
    public double[] OfSquare(double[] matrix)
    {
        var ordered = new double[matrix.Length];
        for (var i = 0; i < matrix.Length; i++)
            ordered[i] = matrix[(_order[i / _order.Length] * _order.Length) + _order[i % _order.Length]];
        return ordered;
    }

    /// <summary>Undoes <see cref="Of"/>.</summary>
    public T[] Back<T>(T[] ordered)
    {
        var rows = new T[ordered.Length];
        for (var i = 0; i < rows.Length; i++)
            rows[(i / _order.Length * _order.Length) + _order[i % _order.Length]] = ordered[i];
        return rows;
    }
}
