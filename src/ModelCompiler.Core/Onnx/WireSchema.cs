namespace ModelCompiler.Onnx;

/// <summary>The messages of the ONNX format that hold others, as far as a walk over the raw file needs to tell them apart.</summary>
internal enum WireMessage
{
    /// <summary>Not a message, or one that the format does not know.</summary>
    None,
    Model,
    Graph,
    Node,
    Attribute,
    Tensor,
    SparseTensor,
    Function,
    Training,
    ValueInfo,
    Type,
    TensorType,
    ElementType,
    MapType,
    Shape,

    /// <summary>A message that holds no other: an opset, a metadata entry, a dimension.</summary>
    Leaf,
}

/// <summary>Which field of which message is a message again. Numbers: onnx.proto of the ONNX project.</summary>
internal static class WireSchema
{
    public const int IrVersion = 1;
    public const int Graph = 7;
    public const int FloatData = 4;
    public const int RawData = 9;
    public const int DoubleData = 10;

    /// <summary>What field <paramref name="number"/> of <paramref name="message"/> holds.</summary>
    public static WireMessage Child(WireMessage message, int number) => (message, number) switch
    {
        (WireMessage.Model, Graph) => WireMessage.Graph,
        (WireMessage.Model, 20) => WireMessage.Training,
        (WireMessage.Model, 25) => WireMessage.Function,
        (WireMessage.Model, 8 or 14) => WireMessage.Leaf,
        (WireMessage.Training, 1 or 2) => WireMessage.Graph,
        (WireMessage.Training, 3 or 4) => WireMessage.Leaf,
        (WireMessage.Graph, 1) or (WireMessage.Function, 7) => WireMessage.Node,
        (WireMessage.Graph, 5) => WireMessage.Tensor,
        (WireMessage.Graph, 15) => WireMessage.SparseTensor,
        (WireMessage.Graph, 11 or 12 or 13) => WireMessage.ValueInfo,
        (WireMessage.Graph, 14 or 16) => WireMessage.Leaf,
        (WireMessage.Function, 11) => WireMessage.Attribute,
        (WireMessage.Function, 12) => WireMessage.ValueInfo,
        (WireMessage.Function, 9 or 14) => WireMessage.Leaf,
        (WireMessage.Node, 5) => WireMessage.Attribute,
        (WireMessage.Node, 9) => WireMessage.Leaf,
        (WireMessage.Attribute, 5 or 10) => WireMessage.Tensor,
        (WireMessage.Attribute, 6 or 11) => WireMessage.Graph,
        (WireMessage.Attribute, 14 or 15) => WireMessage.Type,
        (WireMessage.Attribute, 22 or 23) => WireMessage.SparseTensor,
        (WireMessage.SparseTensor, 1 or 2) => WireMessage.Tensor,
        (WireMessage.Tensor, 13 or 16) => WireMessage.Leaf,
        (WireMessage.ValueInfo, 2) => WireMessage.Type,
        (WireMessage.ValueInfo, 4) => WireMessage.Leaf,
        (WireMessage.Type, 1 or 8) => WireMessage.TensorType,
        (WireMessage.Type, 4 or 9) => WireMessage.ElementType,
        (WireMessage.Type, 5) => WireMessage.MapType,
        (WireMessage.ElementType, 1) or (WireMessage.MapType, 2) => WireMessage.Type,
        (WireMessage.TensorType, 2) => WireMessage.Shape,
        (WireMessage.Shape, 1) => WireMessage.Leaf,
        _ => WireMessage.None,
    };
}
