namespace ModelCompiler;

/// <summary>A cell of the grids that a detector lays over its input, finest grid first as <c>strides</c> says, each row by row.</summary>
/// <param name="Column">From the left.</param>
/// <param name="Row">From the top.</param>
/// <param name="Stride">Width and height in pixels.</param>
public readonly record struct GridCell(int Column, int Row, int Stride)
{
    /// <summary>Number of cells for an input of that size.</summary>
    public static int Count(IReadOnlyList<int> strides, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(strides);
        var count = 0;
        for (var level = 0; level < strides.Count; level++)
            count += width / strides[level] * (height / strides[level]);
        return count;
    }

    /// <summary>The cell of a place in the order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many cells.</exception>
    public static GridCell At(IReadOnlyList<int> strides, int width, int height, int place)
    {
        ArgumentNullException.ThrowIfNull(strides);
        var left = place;
        for (var level = 0; level < strides.Count; level++)
        {
            var (columns, rows) = (width / strides[level], height / strides[level]);
            if (left < columns * rows)
                return new GridCell(left % columns, left / columns, strides[level]);
            left -= columns * rows;
        }

        throw new ArgumentOutOfRangeException(nameof(place), place, "The grids have fewer cells.");
    }
}
