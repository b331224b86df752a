namespace ModelCompiler;

/// <summary>Resizes the planes of an image side by side, so that each row of pixels is complete when it is written.</summary>
internal ref struct ImageResizer
{
    private readonly ImagePath _path;
    private readonly int _secondRow;
    private readonly int _thirdRow;
    private readonly Span<float> _values;
    private readonly Span<float> _row;
    private PlaneResizer _first;
    private PlaneResizer _second;
    private PlaneResizer _third;

    public ImageResizer(ImagePlanes planes, ImagePath path, Span<float> scratch)
    {
        _path = path;
        var pitch = PlaneScratch.PitchOf(path.Columns);
        _secondRow = planes.First.Channels * pitch;
        _thirdRow = _secondRow + (planes.Second.Channels * pitch);
        var end = _thirdRow + (planes.Third.Channels * pitch);
        _values = scratch[..end];
        _row = scratch.Slice(end, pitch);
        scratch = scratch[(end + pitch)..];

        var first = new PlaneScratch(planes.First, path.Rows, path.Columns, scratch);
        var second = new PlaneScratch(planes.Second, path.Rows, path.Columns, scratch[first.Length..]);
        var third = new PlaneScratch(planes.Third, path.Rows, path.Columns, scratch[(first.Length + second.Length)..]);
        _first = new PlaneResizer(planes.First, path.Rows, path.Columns, first);
        _second = new PlaneResizer(planes.Second, path.Rows, path.Columns, second);
        _third = new PlaneResizer(planes.Third, path.Rows, path.Columns, third);
    }

    /// <summary>Values of scratch memory.</summary>
    public static int ScratchLength(ImagePlanes planes, ImagePath path) => checked(
        (4 * PlaneScratch.PitchOf(path.Columns))
        + new PlaneScratch(planes.First, path.Rows, path.Columns, []).Length
        + new PlaneScratch(planes.Second, path.Rows, path.Columns, []).Length
        + new PlaneScratch(planes.Third, path.Rows, path.Columns, []).Length);

    public void Fill(RowWriter writer, Span<float> destination)
    {
        for (var y = 0; y < _path.Rows.Count; y++)
        {
            _first.Next(y, _values);
            _second.Next(y, _values[_secondRow..]);
            _third.Next(y, _values[_thirdRow..]);
            writer.Write(_values, _row, _path.Columns.Count, destination, _path.Target(y));
        }
    }
}
