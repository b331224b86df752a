namespace ModelCompiler.Contract.Tests;

/// <summary>Small ONNX files, field by field as onnx.proto3 numbers them.</summary>
internal static class OnnxBytes
{
    public static ProtoWriter Model(ProtoWriter graph, int opset = 17) => new ProtoWriter()
        .Number(1, 8)
        .Text(2, "tests")
        .Message(7, graph)
        .Message(8, new ProtoWriter().Text(1, "").Number(2, opset));

    public static ProtoWriter TensorType(int elementType, params object[] dims)
    {
        var shape = new ProtoWriter();
        foreach (var dim in dims)
            shape.Message(1, dim is string name ? new ProtoWriter().Text(2, name) : new ProtoWriter().Number(1, (int)dim));
        return new ProtoWriter().Message(1, new ProtoWriter().Number(1, elementType).Message(2, shape));
    }

    public static ProtoWriter Value(string name, ProtoWriter type) => new ProtoWriter().Text(1, name).Message(2, type);

    public static ProtoWriter Tensor(string name, byte[] rawData) => new ProtoWriter().Number(2, 1).Text(8, name).Bytes(9, rawData);

    public static ProtoWriter Node(string operatorType, string input, string output) =>
        new ProtoWriter().Text(1, input).Text(2, output).Text(4, operatorType);

    /// <summary>image [batch,3,224,224] and a weight that is also listed as an input → Softmax → scores [batch,10].</summary>
    public static ProtoWriter Classifier() => Model(new ProtoWriter()
        .Message(1, Node("MatMul", "image", "logits"))
        .Message(1, Node("Softmax", "logits", "scores"))
        .Text(2, "net")
        .Message(5, Tensor("weight", new byte[40]))
        .Message(11, Value("image", TensorType(1, "batch", 3, 224, 224)))
        .Message(11, Value("weight", TensorType(1, 10)))
        .Message(12, Value("scores", TensorType(1, "batch", 10))))
        .Message(14, new ProtoWriter().Text(1, "license").Text(2, "MIT"));

    public static ModelSignature Read(ProtoWriter file) => SignatureReader.Read(new MemoryStream(file.ToArray()), "test.onnx");
}
