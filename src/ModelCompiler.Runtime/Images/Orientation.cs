namespace ModelCompiler;

/// <summary>How an upright image lies in memory: perhaps with rows and columns exchanged, then perhaps backwards along each axis.</summary>
/// <param name="Transposed">The rows in memory are the upright image's columns.</param>
/// <param name="ColumnsBackwards">The columns in memory run against the upright image's axis that they lie along.</param>
/// <param name="RowsBackwards">So do the rows in memory.</param>
internal readonly record struct Orientation(bool Transposed, bool ColumnsBackwards, bool RowsBackwards)
{
    /// <summary>Turned clockwise by 90 degrees: the pixel at (x, y) is then the one that was at (y, height − 1 − x).</summary>
    public Orientation Rotated() => Transposed
        ? new Orientation(false, !ColumnsBackwards, RowsBackwards)
        : new Orientation(true, ColumnsBackwards, !RowsBackwards);

    /// <summary>Left and right exchanged.</summary>
    public Orientation Mirrored() => Transposed
        ? this with { RowsBackwards = !RowsBackwards }
        : this with { ColumnsBackwards = !ColumnsBackwards };

    /// <summary>The first column and row in memory of a part of an upright image of some size.</summary>
    public (int Column, int Row) InMemory(PixelRectangle part, int width, int height)
    {
        var (alongX, alongY) = Transposed ? (RowsBackwards, ColumnsBackwards) : (ColumnsBackwards, RowsBackwards);
        var x = alongX ? width - part.X - part.Width : part.X;
        var y = alongY ? height - part.Y - part.Height : part.Y;
        return Transposed ? (y, x) : (x, y);
    }
}
