namespace ModelCompiler.Onnx;

/// <summary>A growing block of protobuf fields.</summary>
/// <param name="capacity">Bytes at the start.</param>
internal sealed class WireBuffer(int capacity)
{
    /// <summary>Graph, names and small tensors of a model together never came near.</summary>
    public const int MaxBytes = 1 << 30;

    /// <summary>Lengths of messages take this much room whatever they are: they are known only at the message's end.</summary>
    private const int LengthBytes = 5;

    private byte[] _bytes = new byte[capacity];
    private int _count;

    public ArraySegment<byte> Written => new(_bytes, 0, _count);

    /// <summary>True when so many bytes more would pass <see cref="MaxBytes"/>.</summary>
    public bool IsFullFor(int count) => count > MaxBytes - 64 - _count;

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void AppendNumber(int field, int value)
    {
        AppendTag(field, 0);
        AppendVarint((uint)value);
    }

    /// <summary>Begins a message; what comes next belongs to it until <see cref="EndMessage"/> is given the number that this returns.</summary>
    public int BeginMessage(int field)
    {
        AppendTag(field, 2);
        Reserve(LengthBytes);
        return _count;
    }

    public void EndMessage(int begin)
    {
        var size = (uint)(_count - begin);
        var length = _bytes.AsSpan(begin - LengthBytes, LengthBytes);
        for (var i = 0; i < LengthBytes; i++)
            length[i] = (byte)(((size >> (7 * i)) & 0x7F) | (i < LengthBytes - 1 ? 0x80u : 0));
    }

    private void AppendTag(int field, int wireType) => AppendVarint(((uint)field << 3) | (uint)wireType);

    private void AppendVarint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            Reserve(1)[0] = (byte)(value | 0x80);
        Reserve(1)[0] = (byte)value;
    }

    private Span<byte> Reserve(int count)
    {
        var start = _count;
        _count += count;
        if (_count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max((int)Math.Min(MaxBytes, _bytes.Length * 2L), _count));
        return _bytes.AsSpan(start, count);
    }
}
