using System.Text;

namespace ModelCompiler.Tests;

/// <summary>Writes small ONNX models for tests, with the field numbers of onnx.proto: values, nodes without attributes, nothing else.</summary>
internal sealed class TinyModel
{
    private readonly List<byte> _graph = [];

    public const int Float = 1;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int String = 8;
    public const int Bool = 9;
    public const int Float16 = 10;

    /// <param name="name">The input's name.</param>
    /// <param name="elementType">A number of TensorProto.DataType.</param>
    /// <param name="axes">Numbers, or names of open axes; null for an unknown rank.</param>
    public TinyModel Input(string name, int elementType, params object[]? axes) => Add(11, Value(name, elementType, axes));

    public TinyModel Output(string name, int elementType, params object[]? axes) => Add(12, Value(name, elementType, axes));

    public TinyModel Node(string opType, string[] inputs, params string[] outputs)
    {
        var node = new List<byte>();
        foreach (var input in inputs)
            node.AddRange(Text(1, input));
        foreach (var output in outputs)
            node.AddRange(Text(2, output));
        node.AddRange(Text(4, opType));
        return Add(1, [.. node]);
    }

    public byte[] ToBytes() =>
    [
        .. Number(1, 8),
        .. Field(8, [.. Text(1, ""), .. Number(2, 17)]),
        .. Field(7, [.. _graph, .. Text(2, "tiny")]),
    ];

    private TinyModel Add(int field, byte[] content)
    {
        _graph.AddRange(Field(field, content));
        return this;
    }

    private static byte[] Value(string name, int elementType, object[]? axes)
    {
        var tensor = new List<byte>(Number(1, elementType));
        if (axes is not null)
            tensor.AddRange(Field(2, [.. axes.SelectMany(axis => Field(1, axis is string text ? Text(2, text) : Number(1, (int)axis)))]));
        return [.. Text(1, name), .. Field(2, Field(1, [.. tensor]))];
    }

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Field(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (var rest = (uint)value; ; rest >>= 7)
        {
            if (rest < 128)
                return [.. bytes, (byte)rest];
            bytes.Add((byte)(rest | 128));
        }
    }
}
