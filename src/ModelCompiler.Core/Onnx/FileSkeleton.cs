using ModelCompiler.Contract;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>
/// Copies a model file without the payloads of its tensors: a few kilobytes that protobuf can parse, whatever the size of the weights. In place of each
/// payload stands where it lies in the file. On its way the walk checks what must hold before anything is allocated: lengths, nesting, counts.
/// </summary>
internal ref struct FileSkeleton
{
    /// <summary>Nested messages, as many as protobuf's own readers allow.</summary>
    public const int MaxDepth = 100;

    public const int MaxNodes = 1_000_000;
    private const int MaxMessages = 10_000_000;

    /// <summary>Graph, names and small tensors together.</summary>
    private const int MaxSkeleton = 1 << 30;

    /// <summary>Smaller payloads are cheaper copied than remembered.</summary>
    private const int MinPayload = 1024;

    private const int LengthBytes = 5;

    private readonly ReadOnlySpan<byte> _file;
    private readonly string? _path;
    private byte[] _skeleton;
    private int _written;
    private int _nodes;
    private int _messages;
    private bool _hasVersion;
    private bool _hasGraph;

    private FileSkeleton(ReadOnlySpan<byte> file, string? path)
    {
        _file = file;
        _path = path;
        _skeleton = new byte[Math.Min(file.Length + 64, 1 << 16)];
    }

    /// <summary>The bytes of a <see cref="ModelProto"/> whose larger tensors have a payload place instead of a payload.</summary>
    /// <exception cref="DiagnosticException">MC1001 not ONNX, MC1003 truncated, MC1006 too deep, MC1008 over a limit.</exception>
    public static ArraySegment<byte> Of(ReadOnlySpan<byte> file, string? path)
    {
        var skeleton = new FileSkeleton(file, path);
        skeleton.CopyFields(WireMessage.Model, 0, file.Length, 1);
        if (!skeleton._hasGraph)
            throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(path, "it holds no graph"));
        return new(skeleton._skeleton, 0, skeleton._written);
    }

    private void CopyFields(WireMessage message, int start, int end, int depth)
    {
        CheckLimits(message, depth);
        var movesPayload = message == WireMessage.Tensor && HasOnePayload(start, end);
        var fields = new WireReader(_file, start, end);
        while (fields.Next())
        {
            if (message == WireMessage.Model)
                NoteModelField(fields);
            var child = fields.HasLength ? WireSchema.Child(message, fields.Field) : WireMessage.None;
            if (child != WireMessage.None)
                CopyMessage(child, fields, depth);
            else if (message != WireMessage.Tensor)
                Append(_file[fields.Start..fields.End]);
            else if (movesPayload && IsPayload(fields) && fields.End - fields.Content >= MinPayload)
                AppendPlace(fields);
            else if (fields.Field < TensorProto.PayloadFieldFieldNumber)
                Append(_file[fields.Start..fields.End]);
        }

        if (fields.IsDamaged)
            throw Damaged(fields, depth);
    }

    private void NoteModelField(WireReader field)
    {
        _hasVersion |= field is { Field: WireSchema.IrVersion, HasLength: false };
        _hasGraph |= field is { Field: WireSchema.Graph, HasLength: true };
    }

    private void CopyMessage(WireMessage message, WireReader field, int depth)
    {
        AppendTag(field.Field, 2);
        var length = Reserve(LengthBytes);
        CopyFields(message, field.Content, field.End, depth + 1);
        var size = (uint)(_written - length - LengthBytes);
        for (var i = 0; i < LengthBytes; i++)   // the room is fixed, so the number may have leading zeros
            _skeleton[length + i] = (byte)(((size >> (7 * i)) & 0x7F) | (i < LengthBytes - 1 ? 0x80u : 0));
    }

    /// <summary>A tensor whose payload comes in several parts, which only hand-made files have, is left as it is.</summary>
    private readonly bool HasOnePayload(int start, int end)
    {
        var payloads = 0;
        var fields = new WireReader(_file, start, end);
        while (fields.Next())
            payloads += IsPayload(fields) ? 1 : 0;
        return payloads == 1;
    }

    private static bool IsPayload(WireReader field) =>
        field is { HasLength: true, Field: WireSchema.RawData or WireSchema.FloatData or WireSchema.DoubleData };

    private void AppendPlace(WireReader payload)
    {
        AppendNumber(TensorProto.PayloadFieldFieldNumber, payload.Field);
        AppendNumber(TensorProto.PayloadOffsetFieldNumber, payload.Content);
        AppendNumber(TensorProto.PayloadLengthFieldNumber, payload.End - payload.Content);
    }

    private void AppendNumber(int field, int value)
    {
        AppendTag(field, 0);
        AppendVarint((uint)value);
    }

    private void AppendTag(int field, int wireType) => AppendVarint(((uint)field << 3) | (uint)wireType);

    private void AppendVarint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            _skeleton[Reserve(1)] = (byte)(value | 0x80);
        _skeleton[Reserve(1)] = (byte)value;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var place = Reserve(bytes.Length);
        bytes.CopyTo(_skeleton.AsSpan(place));
    }

    private int Reserve(int count)
    {
        if (count > MaxSkeleton - _written)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(_path, $"more than {MaxSkeleton} bytes beside its weights", MaxSkeleton));
        var place = _written;
        _written += count;
        if (_written > _skeleton.Length)
            Array.Resize(ref _skeleton, Math.Max((int)Math.Min(MaxSkeleton, _skeleton.Length * 2L), _written));
        return place;
    }

    private void CheckLimits(WireMessage message, int depth)
    {
        if (depth > MaxDepth)
            throw new DiagnosticException(DiagnosticRules.TooDeep.Create(_path, MaxDepth));
        if (message == WireMessage.Node && ++_nodes > MaxNodes)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(_path, $"more than {MaxNodes} nodes", MaxNodes));
        if (++_messages > MaxMessages)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(_path, $"more than {MaxMessages} records", MaxMessages));
    }

    /// <summary>What runs over the end of the file was cut off; what runs over the end of the record that holds it was overwritten.</summary>
    private readonly DiagnosticException Damaged(WireReader field, int depth)
    {
        if (!_hasVersion && !_hasGraph)
            return new(DiagnosticRules.NotOnnx.Create(_path, "it does not begin like one"));
        if (!field.Overruns)
            return new(DiagnosticRules.NotOnnx.Create(_path, $"at byte {field.Start}, no field starts there"));
        return depth == 1
            ? new(DiagnosticRules.Truncated.Create(_path, _file.Length))
            : new(DiagnosticRules.NotOnnx.Create(_path, $"at byte {field.Start}, a record is longer than the one that holds it"));
    }
}
