using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Tests.Onnx;

/// <summary>Builds the file's own records, for what no graph builder would make.</summary>
internal static class Records
{
    /// <summary>A model around a graph, with operator set 17 and IR version 8.</summary>
    public static ModelProto Model(GraphProto graph) => new()
    {
        IrVersion = 8,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
        Graph = graph,
    };

    /// <summary>A graph that hands one initializer out.</summary>
    public static GraphProto Holding(TensorProto tensor) => new()
    {
        Name = "graph",
        Initializer = { tensor },
        Output = { Info(tensor.Name, (ElementType)tensor.DataType) },
    };

    public static TensorProto Tensor(ElementType type, params long[] dims) => new() { Name = "w", DataType = (int)type, Dims = { dims } };

    public static ValueInfoProto Info(string name, ElementType type = ElementType.Float32, params long[] dims) => new()
    {
        Name = name,
        Type = new TypeProto { TensorType = new() { ElemType = (int)type, Shape = new() { Dim = { dims.Select(dim => new TensorShapeProto.Types.Dimension { DimValue = dim }) } } } },
    };

    public static NodeProto Node(string type, string[] inputs, params string[] outputs) => new() { OpType = type, Input = { inputs }, Output = { outputs } };

    /// <summary>Adds a field that no version of the format knows yet.</summary>
    public static T WithUnknownField<T>(this T message)
        where T : IMessage
    {
        message.MergeFrom(new byte[] { 0xC0, 0xBB, 0x01, 7 });   // field 3000 = 7
        return message;
    }

    public static byte[] Bytes(this ModelProto model) => model.ToByteArray();
}
