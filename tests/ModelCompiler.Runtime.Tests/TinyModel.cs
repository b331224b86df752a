using System.Text;

namespace ModelCompiler.Tests;

/// <summary>Writes small ONNX models for tests, with the field numbers of onnx.proto: values, nodes with integers as attributes, nothing else.</summary>
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
    public TinyModel Input(string name, int elementType, params object[]? axes) => Input(name, Tensor(elementType, axes));

    public TinyModel Output(string name, int elementType, params object[]? axes) => Output(name, Tensor(elementType, axes));

    /// <param name="name">The input's name.</param>
    /// <param name="type">From <see cref="Tensor"/>, <see cref="Sequence"/> or <see cref="Map"/>.</param>
    public TinyModel Input(string name, byte[] type) => Add(11, [.. Text(1, name), .. Field(2, type)]);

    public TinyModel Output(string name, byte[] type) => Add(12, [.. Text(1, name), .. Field(2, type)]);

    public TinyModel Node(string opType, string[] inputs, params string[] outputs) => Node(opType, inputs, outputs, domain: "");

    /// <param name="opType">The operator.</param>
    /// <param name="inputs">Names.</param>
    /// <param name="outputs">Names.</param>
    /// <param name="domain">The operator's.</param>
    /// <param name="attributes">Integers and lists of them.</param>
    public TinyModel Node(string opType, string[] inputs, string[] outputs, string domain, params (string Name, object Value)[] attributes)
    {
        var node = new List<byte>();
        foreach (var input in inputs)
            node.AddRange(Text(1, input));
        foreach (var output in outputs)
            node.AddRange(Text(2, output));
        node.AddRange(Text(4, opType));
        foreach (var (name, value) in attributes)
            node.AddRange(Field(5, [.. Text(1, name), .. value is int[] list ? [.. list.SelectMany(one => Number(8, one)), .. Number(20, 7)] : (byte[])[.. Number(3, (int)value), .. Number(20, 2)]]));
        node.AddRange(Text(7, domain));
        return Add(1, [.. node]);
    }

    public static byte[] Tensor(int elementType, params object[]? axes)
    {
        var tensor = new List<byte>(Number(1, elementType));
        if (axes is not null)
            tensor.AddRange(Field(2, [.. axes.SelectMany(axis => Field(1, axis is string text ? Text(2, text) : Number(1, (int)axis)))]));
        return Field(1, [.. tensor]);
    }

    public static byte[] Sequence(byte[] item) => Field(4, Field(1, item));

    public static byte[] Map(int key, byte[] value) => Field(5, [.. Number(1, key), .. Field(2, value)]);

    public byte[] ToBytes() =>
    [
        .. Number(1, 8),
        .. Field(8, [.. Text(1, ""), .. Number(2, 17)]),
        .. Field(8, [.. Text(1, "ai.onnx.ml"), .. Number(2, 3)]),
        .. Field(7, [.. _graph, .. Text(2, "tiny")]),
    ];

    private TinyModel Add(int field, byte[] content)
    {
        _graph.AddRange(Field(field, content));
        return this;
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
