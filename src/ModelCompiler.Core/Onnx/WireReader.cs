namespace ModelCompiler.Onnx;

/// <summary>Steps through the fields of one protobuf message that lies in a span, without copying anything.</summary>
/// <remarks>Encoding: protobuf.dev/programming-guides/encoding. Groups, which ONNX never used, count as damage.</remarks>
/// <param name="file">All bytes of the file.</param>
/// <param name="start">Where the message begins.</param>
/// <param name="end">Where it ends.</param>
internal ref struct WireReader(ReadOnlySpan<byte> file, int start, int end)
{
    private readonly ReadOnlySpan<byte> _file = file[..end];

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>True where the current field has bytes of its own: text, bytes, a message or packed numbers.</summary>
    public bool HasLength { get; private set; }

    /// <summary>Where the current field begins, with its tag.</summary>
    public int Start { get; private set; } = start;

    /// <summary>Where the current field's content begins, behind tag and length.</summary>
    public int Content { get; private set; } = start;

    /// <summary>Behind the current field.</summary>
    public int End { get; private set; } = start;

    /// <summary>True when the last step met bytes that are no field, or a field that is longer than its message.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>True when the damage is a field that is longer than its message.</summary>
    public bool Overruns { get; private set; }

    /// <summary>Goes to the next field; false at the end, and where the bytes are damaged.</summary>
    public bool Next()
    {
        Start = End;
        if (Start == _file.Length)
            return false;
        var position = Start;
        if (!TryReadVarint(ref position, out var tag) || tag >> 3 is 0 or > 536_870_911)
            return Damaged();
        Field = (int)(tag >> 3);
        HasLength = (tag & 7) == 2;
        Content = position;
        ulong length = 0;
        switch (tag & 7)
        {
            case 0 when TryReadVarint(ref position, out _): break;
            case 1: length = 8; break;
            case 2 when TryReadVarint(ref position, out length): Content = position; break;
            case 5: length = 4; break;
            default: return Damaged();
        }

        Overruns = length > (ulong)(_file.Length - position);
        if (Overruns)
            return Damaged();
        End = position + (int)length;
        return true;
    }

    private bool Damaged()
    {
        IsDamaged = true;
        return false;
    }

    private bool TryReadVarint(ref int position, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70 && position < _file.Length; shift += 7)
        {
            var next = _file[position++];
            if (shift < 64)
                value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }

        Overruns = position == _file.Length;
        return false;
    }
}
