using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>
/// Puts a view of the file where <see cref="FileSkeleton"/> left the place of a payload, in every tensor that a parsed model holds, also in the parts which
/// the graph does not model. Nothing is copied.
/// </summary>
internal sealed class PayloadPlaces(ReadOnlyMemory<byte> file)
{
    public void Restore(ModelProto model)
    {
        Restore(model.Graph);
        foreach (var function in model.Functions)
        {
            foreach (var node in function.Node)
                Restore(node);
            foreach (var attribute in function.AttributeProto)
                Restore(attribute);
        }

        foreach (var training in model.TrainingInfo)
        {
            Restore(training.Initialization);
            Restore(training.Algorithm);
        }
    }

    private void Restore(GraphProto? graph)
    {
        foreach (var tensor in graph?.Initializer ?? [])
            Restore(tensor);
        foreach (var sparse in graph?.SparseInitializer ?? [])
            Restore(sparse);
        foreach (var node in graph?.Node ?? [])
            Restore(node);
    }

    private void Restore(NodeProto node)
    {
        foreach (var attribute in node.Attribute)
            Restore(attribute);
    }

    private void Restore(AttributeProto attribute)
    {
        Restore(attribute.T);
        Restore(attribute.G);
        Restore(attribute.SparseTensor);
        foreach (var tensor in attribute.Tensors)
            Restore(tensor);
        foreach (var graph in attribute.Graphs)
            Restore(graph);
        foreach (var sparse in attribute.SparseTensors)
            Restore(sparse);
    }

    private void Restore(SparseTensorProto? sparse)
    {
        Restore(sparse?.Values);
        Restore(sparse?.Indices);
    }

    private void Restore(TensorProto? tensor)
    {
        if (tensor is not { HasPayloadOffset: true })
            return;
        if (IsRawFormOf(tensor.PayloadField, (ElementType)tensor.DataType))
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(file.Slice((int)tensor.PayloadOffset, (int)tensor.PayloadLength));
        tensor.ClearPayloadField();
        tensor.ClearPayloadOffset();
        tensor.ClearPayloadLength();
    }

    /// <summary>Packed floats are the same bytes as raw data of their type; in a tensor of another type they are no data at all.</summary>
    private static bool IsRawFormOf(int field, ElementType type) => field switch
    {
        WireSchema.FloatData => type is ElementType.Float32 or ElementType.Complex64,
        WireSchema.DoubleData => type is ElementType.Float64 or ElementType.Complex128,
        _ => true,
    };
}
