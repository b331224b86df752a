namespace ModelCompiler;

/// <summary>A cell of the image in positions of a plane: first those that serve one of the image's, then those that serve two, then half of one.</summary>
/// <param name="Singles">Positions for one of the image's each.</param>
/// <param name="Pairs">Positions for two of the image's each, where the plane is halved.</param>
/// <param name="Tail">1 where the cell ends between the two that a position serves; the next cell starts with the same position.</param>
internal readonly record struct CellRun(int Singles, int Pairs, int Tail)
{
    /// <summary>Positions in all.</summary>
    public int Count => Singles + Pairs + Tail;

    /// <param name="start">The cell's first position of the image.</param>
    /// <param name="end">One past its last.</param>
    /// <param name="halving">1 where a position of the plane serves two of the image, else 0.</param>
    /// <param name="phase">1 where the image's first position is the second that is served.</param>
    public static CellRun Create(int start, int end, int halving, int phase)
    {
        var count = end - start;
        if (halving == 0)
            return new CellRun(count, 0, 0);

        var singles = (start + phase) & 1;
        return new CellRun(singles, (count - singles) >> 1, (count - singles) & 1);
    }
}
