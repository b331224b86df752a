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

    /// <summary>Smaller payloads are cheaper copied than remembered.</summary>
    private const int MinPayload = 1024;

    private readonly ReadOnlySpan<byte> _file;
    private readonly string? _path;
    private readonly WireBuffer _skeleton;
    private int _nodes;
    private int _messages;
    private bool _hasVersion;
    private bool _hasGraph;

    private FileSkeleton(ReadOnlySpan<byte> file, string? path)
    {
        _file = file;
        _path = path;
        _skeleton = new WireBuffer(Math.Min(file.Length + 64, 1 << 16));
    }

    /// <summary>The bytes of a <see cref="ModelProto"/> whose larger tensors have a payload place instead of a payload.</summary>
    /// <exception cref="DiagnosticException">MC1001 not ONNX, MC1003 truncated, MC1006 too deep, MC1008 over a limit.</exception>
    public static ArraySegment<byte> Of(ReadOnlySpan<byte> file, string? path)
    {
        var skeleton = new FileSkeleton(file, path);
        skeleton.CopyFields(WireMessage.Model, 0, file.Length, 1);
        if (!skeleton._hasGraph)
            throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(path, "it holds no graph"));
        return skeleton._skeleton.Written;
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
                Append(fields);
            else if (movesPayload && IsPayload(fields) && fields.End - fields.Content >= MinPayload)
                AppendPlace(fields);
            else if (fields.Field < TensorProto.PayloadFieldFieldNumber)
                Append(fields);
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
        CheckRoom(0);
        var begin = _skeleton.BeginMessage(field.Field);
        CopyFields(message, field.Content, field.End, depth + 1);
        _skeleton.EndMessage(begin);
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

    private readonly void AppendPlace(WireReader payload)
    {
        CheckRoom(0);
        _skeleton.AppendNumber(TensorProto.PayloadFieldFieldNumber, payload.Field);
        _skeleton.AppendNumber(TensorProto.PayloadOffsetFieldNumber, payload.Content);
        _skeleton.AppendNumber(TensorProto.PayloadLengthFieldNumber, payload.End - payload.Content);
    }

    private readonly void Append(WireReader field)
    {
        CheckRoom(field.End - field.Start);
        _skeleton.Append(_file[field.Start..field.End]);
    }

    private readonly void CheckRoom(int count)
    {
        if (_skeleton.IsFullFor(count))
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(_path, $"more than {WireBuffer.MaxBytes} bytes beside its weights", WireBuffer.MaxBytes));
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
