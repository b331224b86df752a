using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>Types of values, from the file's form to the graph's and back.</summary>
internal static class OnnxTypes
{
    /// <summary>Null where the file leaves the type open.</summary>
    public static OnnxType? Read(TypeProto? proto) => proto?.ValueCase switch
    {
        null or TypeProto.ValueOneofCase.None => null,
        TypeProto.ValueOneofCase.TensorType when proto.TensorType.ElemType == 0 => null,
        TypeProto.ValueOneofCase.TensorType when Enum.IsDefined((ElementType)proto.TensorType.ElemType) =>
            new TensorType((ElementType)proto.TensorType.ElemType, Read(proto.TensorType.Shape)),
        _ => new OpaqueType(TextOf(proto), proto),
    };

    public static TypeProto Write(OnnxType type) => type switch
    {
        TensorType tensor => new() { TensorType = new() { ElemType = (int)tensor.Element, Shape = Write(tensor.Shape) } },
        OpaqueType opaque => (TypeProto)opaque.Record,
        _ => throw new NotSupportedException($"{type.GetType().Name} has no form in the file."),
    };

    private static Shape? Read(TensorShapeProto? proto) => proto is null ? null : new Shape(proto.Dim.Select(Read));

    /// <summary>Some exporters write −1 for a size that they do not know.</summary>
    private static Dimension Read(TensorShapeProto.Types.Dimension proto) => proto switch
    {
        { HasDimValue: true, DimValue: >= 0 } => Dimension.Of(proto.DimValue),
        { HasDimParam: true, DimParam.Length: > 0 } => Dimension.Named(proto.DimParam),
        _ => Dimension.Unknown,
    };

    private static TensorShapeProto? Write(Shape? shape) => shape is null ? null : new() { Dim = { shape.Select(Write) } };

    private static TensorShapeProto.Types.Dimension Write(Dimension dimension)
    {
        var proto = new TensorShapeProto.Types.Dimension();
        if (dimension.Size is { } size)
            proto.DimValue = size;
        else if (dimension.Name is { } name)
            proto.DimParam = name;
        return proto;
    }

    /// <summary>As the operators' documentation writes it, for example <c>seq(tensor(float))</c>.</summary>
    private static string TextOf(TypeProto? proto) => proto?.ValueCase switch
    {
        TypeProto.ValueOneofCase.TensorType => $"tensor({Name(proto.TensorType.ElemType)})",
        TypeProto.ValueOneofCase.SparseTensorType => $"sparse_tensor({Name(proto.SparseTensorType.ElemType)})",
        TypeProto.ValueOneofCase.SequenceType => $"seq({TextOf(proto.SequenceType.ElemType)})",
        TypeProto.ValueOneofCase.MapType => $"map({Name(proto.MapType.KeyType)},{TextOf(proto.MapType.ValueType)})",
        TypeProto.ValueOneofCase.OptionalType => $"optional({TextOf(proto.OptionalType.ElemType)})",
        TypeProto.ValueOneofCase.OpaqueType => $"opaque({proto.OpaqueType.Domain},{proto.OpaqueType.Name})",
        _ => "unknown",
    };

    private static string Name(int type) => ((ElementType)type).OnnxName();
}
