using System.Text;

namespace ModelCompiler.Contract;

/// <summary>
/// Walks the protobuf wire format of a seekable stream, field by field, without a schema. What is skipped is never read,
/// so a walk over a model costs the same whatever the size of its weights, and its memory is one small buffer.
/// </summary>
/// <remarks>
/// <code>
/// while (cursor.NextField())
///     if (cursor.Field == 7) { cursor.Enter(); … cursor.Leave(); } else cursor.Skip();
/// </code>
/// Every length is checked against the message that holds it before anything is allocated. Encoding: protobuf.dev/programming-guides/encoding.
/// </remarks>
/// <param name="stream">Seekable; read from its start. The caller disposes it.</param>
/// <param name="file">Named in diagnostics.</param>
public sealed class ProtobufCursor(Stream stream, string? file)
{
    /// <summary>Messages inside messages; protobuf's own parsers stop at 100.</summary>
    public const int MaxDepth = 100;

    private const int BufferSize = 4096;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly Stack<long> _outerEnds = new();
    private long _bufferStart;
    private int _bufferCount;
    private long _end = stream.Length;
    private WireType _wireType;

    /// <summary>Bytes from the start of the stream to the next byte that is read.</summary>
    public long Position { get; private set; }

    /// <summary>The number of the field that <see cref="NextField"/> found.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next field of the current message; false at the message's end. The field must then be read, entered or skipped.</summary>
    public bool NextField()
    {
        if (Position == _end)
            return false;
        var start = Position;
        var tag = ReadVarint();
        if (tag >> 3 is 0 or > 0x1FFF_FFFF || (tag & 7) is 3 or 4 or 6 or 7)
            throw Damaged(start, "no field starts there");
        Field = (int)(tag >> 3);
        _wireType = (WireType)(tag & 7);
        return true;
    }

    /// <summary>Goes into the field's message: <see cref="NextField"/> now walks its fields until <see cref="Leave"/>.</summary>
    /// <exception cref="DiagnosticException">MC1006 when nested deeper than <see cref="MaxDepth"/>.</exception>
    public void Enter()
    {
        var end = ReadEnd();
        if (_outerEnds.Count == MaxDepth)
            throw new DiagnosticException(DiagnosticRules.TooDeep.Create(file, MaxDepth));
        _outerEnds.Push(_end);
        _end = end;
    }

    /// <summary>Goes to the end of the message that was entered last.</summary>
    public void Leave()
    {
        Position = _end;
        _end = _outerEnds.Pop();
    }

    /// <summary>Goes over the field's value.</summary>
    public void Skip()
    {
        switch (_wireType)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                Advance(8);
                break;
            case WireType.Fixed32:
                Advance(4);
                break;
            default:
                Position = ReadEnd();
                break;
        }
    }

    /// <summary>The value of an int32, int64, bool or enum field.</summary>
    public long ReadInt64()
    {
        Expect(WireType.Varint);
        return unchecked((long)ReadVarint());
    }

    /// <summary>The value of a string field; bytes that are not UTF-8 become U+FFFD.</summary>
    /// <exception cref="DiagnosticException">MC1008 when it has more than <paramref name="maxBytes"/> bytes.</exception>
    public string ReadString(int maxBytes)
    {
        var end = ReadEnd();
        if (end - Position > maxBytes)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(file, $"a text of {end - Position} bytes at byte {Position}", $"{maxBytes} bytes"));
        var bytes = new byte[(int)(end - Position)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = ReadByte();
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Starts over at a byte where a message of the same nesting had a field; used to walk a message twice.</summary>
    public void Rewind(long position) => Position = position;

    private ulong ReadVarint()
    {
        var start = Position;
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = ReadByte();
            if (shift < 64)
                value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Damaged(start, "a number has more than ten bytes");
    }

    private long ReadEnd()
    {
        Expect(WireType.LengthDelimited);
        var length = ReadVarint();
        if (length > (ulong)(_end - Position))
            throw Overrun();
        return Position + (long)length;
    }

    private void Advance(int count)
    {
        if (count > _end - Position)
            throw Overrun();
        Position += count;
    }

    private byte ReadByte()
    {
        if (Position == _end)
            throw Overrun();
        if (Position < _bufferStart || Position >= _bufferStart + _bufferCount)
            Fill();
        return _buffer[Position++ - _bufferStart];
    }

    private void Fill()
    {
        stream.Position = Position;
        _bufferStart = Position;
        _bufferCount = stream.Read(_buffer, 0, BufferSize);
        if (_bufferCount == 0)
            throw Overrun();   // the file became shorter since it was opened
    }

    private void Expect(WireType expected)
    {
        if (_wireType != expected)
            throw Damaged(Position, $"field {Field} is encoded as {_wireType} instead of {expected}");
    }

    // What runs over the end of the file was cut off; what runs over the end of the message that holds it was overwritten.
    private DiagnosticException Overrun() => _outerEnds.Count == 0
        ? new DiagnosticException(DiagnosticRules.Truncated.Create(file, stream.Length))
        : Damaged(Position, "a record is longer than the one that holds it");

    private DiagnosticException Damaged(long position, string reason) =>
        new(DiagnosticRules.NotOnnx.Create(file, $"at byte {position}, {reason}"));
}
