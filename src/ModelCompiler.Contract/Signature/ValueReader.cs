namespace ModelCompiler.Contract;

/// <summary>Reads a ValueInfoProto: the name and type of one input or output.</summary>
/// <remarks>Field numbers: onnx/onnx.proto3 of the ONNX project.</remarks>
internal sealed class ValueReader(ProtobufCursor cursor, string? file)
{
    private const int MaxRank = 16;

    private static readonly ValueType Untyped = new(ValueKind.Tensor, ElementType.Undefined, null, "tensor(undefined)");

    public ValueSignature Read()
    {
        var (name, type) = ("", Untyped);
        cursor.Enter();
        while (cursor.NextField())
        {
            switch (cursor.Field)
            {
                case 1: name = cursor.ReadString(SignatureReader.MaxNameBytes); break;
                case 2: type = ReadType(); break;
                default: cursor.Skip(); break;
            }
        }
        cursor.Leave();
        if (name.Length == 0)
            throw new DiagnosticException(DiagnosticRules.GraphInvalid.Create(file, "an input or output has no name"));
        return new ValueSignature(name, type.Kind, type.Element, type.Shape, type.Text);
    }

    private ValueType ReadType()
    {
        var type = Untyped;
        cursor.Enter();
        while (cursor.NextField())
        {
            switch (cursor.Field)
            {
                case 1: type = ReadTensor(ValueKind.Tensor, "tensor"); break;
                case 4: type = ReadContainer(ValueKind.Sequence, "seq"); break;
                case 5: type = ReadMap(); break;
                case 8: type = ReadTensor(ValueKind.SparseTensor, "sparse_tensor"); break;
                case 9: type = ReadContainer(ValueKind.Optional, "optional"); break;
                default: cursor.Skip(); break;
            }
        }
        cursor.Leave();
        return type;
    }

    private ValueType ReadTensor(ValueKind kind, string word)
    {
        var element = ElementType.Undefined;
        EquatableArray<Dimension>? shape = null;
        cursor.Enter();
        while (cursor.NextField())
        {
            switch (cursor.Field)
            {
                case 1: element = ReadElementType(); break;
                case 2: shape = new(ReadShape()); break;
                default: cursor.Skip(); break;
            }
        }
        cursor.Leave();
        return new ValueType(kind, element, shape, $"{word}({element.OnnxName()})");
    }

    private ValueType ReadContainer(ValueKind kind, string word)
    {
        var inner = Untyped;
        cursor.Enter();
        while (cursor.NextField())
        {
            if (cursor.Field == 1)
                inner = ReadType();
            else
                cursor.Skip();
        }
        cursor.Leave();
        return new ValueType(kind, ElementType.Undefined, null, $"{word}({inner.Text})");
    }

    private ValueType ReadMap()
    {
        var (key, value) = (ElementType.Undefined, Untyped);
        cursor.Enter();
        while (cursor.NextField())
        {
            switch (cursor.Field)
            {
                case 1: key = ReadElementType(); break;
                case 2: value = ReadType(); break;
                default: cursor.Skip(); break;
            }
        }
        cursor.Leave();
        return new ValueType(ValueKind.Map, ElementType.Undefined, null, $"map({key.OnnxName()},{value.Text})");
    }

    private ElementType ReadElementType()
    {
        var number = cursor.ReadInt64();
        return number is >= 0 and <= (long)ElementType.Int2 ? (ElementType)number : ElementType.Undefined;
    }

    private List<Dimension> ReadShape()
    {
        var shape = new List<Dimension>();
        cursor.Enter();
        while (cursor.NextField())
        {
            if (cursor.Field != 1)
            {
                cursor.Skip();
                continue;
            }
            if (shape.Count == MaxRank)
                throw new DiagnosticException(DiagnosticRules.TooLarge.Create(file, $"a tensor of more than {MaxRank} dimensions", MaxRank));
            shape.Add(ReadDimension());
        }
        cursor.Leave();
        return shape;
    }

    // Exporters write both an empty name and a negative size for "unknown".
    private Dimension ReadDimension()
    {
        var dimension = Dimension.Unknown;
        cursor.Enter();
        while (cursor.NextField())
        {
            switch (cursor.Field)
            {
                case 1 when cursor.ReadInt64() is var size: dimension = size < 0 ? Dimension.Unknown : Dimension.Of(size); break;
                case 2 when cursor.ReadString(SignatureReader.MaxNameBytes) is var name:
                    dimension = name.Length == 0 ? Dimension.Unknown : Dimension.Named(name);
                    break;
                default: cursor.Skip(); break;
            }
        }
        cursor.Leave();
        return dimension;
    }

    private sealed record ValueType(ValueKind Kind, ElementType Element, EquatableArray<Dimension>? Shape, string Text);
}
