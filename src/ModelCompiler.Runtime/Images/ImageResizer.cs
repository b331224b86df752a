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
        var pitch = PlaneResizer.Pitch(path.Columns);
        _secondRow = planes.First.Channels * pitch;
        _thirdRow = _secondRow + (planes.Second.Channels * pitch);
        var end = _thirdRow + (planes.Third.Channels * pitch);
        _values = scratch[..end];
        _row = scratch.Slice(end, pitch);

        scratch = scratch[(end + pitch)..];
        _first = new PlaneResizer(planes.First, path.Rows, path.Columns, ref scratch);
        _second = new PlaneResizer(planes.Second, path.Rows, path.Columns, ref scratch);
        _third = new PlaneResizer(planes.Third, path.Rows, path.Columns, ref scratch);
    }

    /// <summary>Values of scratch memory.</summary>
    public static int ScratchLength(ImagePlanes planes, ImagePath path) => checked(
        (4 * PlaneResizer.Pitch(path.Columns))
        + PlaneResizer.ScratchLength(planes.First, path.Rows, path.Columns)
        + PlaneResizer.ScratchLength(planes.Second, path.Rows, path.Columns)
        + PlaneResizer.ScratchLength(planes.Third, path.Rows, path.Columns));

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
