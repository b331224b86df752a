namespace ModelCompiler.Onnx;

/// <summary>Numbers of <c>AttributeProto.AttributeType</c> in the ONNX specification.</summary>
internal enum AttributeKind
{
    Undefined = 0,
    Float = 1,
    Int = 2,
    Bytes = 3,
    Tensor = 4,
    Graph = 5,
    Floats = 6,
    Ints = 7,
    ManyBytes = 8,
    Tensors = 9,
    Graphs = 10,
    SparseTensor = 11,
    SparseTensors = 12,
    Type = 13,
    Types = 14,
}
