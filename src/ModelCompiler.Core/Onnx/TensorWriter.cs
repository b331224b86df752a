using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>Makes records of tensors. The elements are not copied: the record looks at them until it is written.</summary>
/// <param name="external">Where tensors go that do not stay in the model's file; null where all stay.</param>
internal sealed class TensorWriter(ExternalDataWriter? external)
{
    public TensorProto WriteInitializer(Value value)
    {
        var proto = Write(value.Initializer!);
        proto.Name = value.Name;
        return proto;
    }

    public TensorProto Write(Tensor tensor)
    {
        var proto = (tensor.Record as TensorProto)?.Clone() ?? new TensorProto();
        proto.DataType = (int)tensor.Type;
        proto.Dims.Add(tensor.Dims.ToArray());
        if (tensor.Type == ElementType.String)
            proto.StringData.Add(tensor.Strings.Select(UnsafeByteOperations.UnsafeWrap));
        else if (external?.Place(tensor) is { } place)
            place.WriteTo(proto);
        else if (tensor.Type != ElementType.Undefined)
            proto.RawData = UnsafeByteOperations.UnsafeWrap(tensor.Data.Memory);
        return proto;
    }
}
