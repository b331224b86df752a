using System.Text;

namespace ModelCompiler;

/// <summary>The model with one node that decodes an image: bytes → DecodeImage → pixels [height, width, 3].</summary>
/// <remarks>
/// The operator belongs to ONNX Runtime Extensions (domain <c>com.microsoft.extensions</c>). The few bytes of protobuf are written by
/// hand, with the field numbers of onnx.proto, because nothing else at run time needs a protobuf library.
/// </remarks>
internal static class DecodeImageModel
{
    public const string Input = "encoded";
    public const string Output = "pixels";

    private const string Domain = "com.microsoft.extensions";
    private const byte UInt8 = 2;

    // AttributeProto: name, s, type = STRING. Without it the operator writes blue first.
    private static byte[] ColorSpace => [.. Text(1, "color_space"), .. Text(4, "rgb"), 0xA0, 0x01, 3];

    public static byte[] Create() =>
    [
        .. Number(1, 8),                                                      // ModelProto.ir_version
        .. Field(8, [.. Text(1, ""), .. Number(2, 17)]),                      // ModelProto.opset_import
        .. Field(8, [.. Text(1, Domain), .. Number(2, 1)]),
        .. Field(7,                                                           // ModelProto.graph
        [
            .. Field(1, [.. Text(1, Input), .. Text(2, Output), .. Text(4, "DecodeImage"), .. Field(5, ColorSpace), .. Text(7, Domain)]),
            .. Text(2, "decode"),
            .. Field(11, Bytes(Input, ["length"])),
            .. Field(12, Bytes(Output, ["height", "width", "channels"])),
        ]),
    ];

    /// <summary>A ValueInfoProto of an uint8 tensor with named axes.</summary>
    private static byte[] Bytes(string name, string[] axes)
    {
        byte[] shape = [.. axes.SelectMany(axis => Field(1, Text(2, axis)))];  // TensorShapeProto.dim, Dimension.dim_param
        byte[] tensor = [.. Number(1, UInt8), .. Field(2, shape)];            // TypeProto.Tensor: elem_type, shape
        return [.. Text(1, name), .. Field(2, Field(1, tensor))];             // ValueInfoProto: name, type
    }

    private static byte[] Number(int field, byte value) => [(byte)(field << 3), value];

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    /// <summary>A length-delimited field. Lengths up to 127 take one byte of a varint, up to 16,383 two.</summary>
    private static byte[] Field(int field, byte[] content) => content.Length < 128
        ? [(byte)((field << 3) | 2), (byte)content.Length, .. content]
        : [(byte)((field << 3) | 2), (byte)(content.Length | 128), (byte)(content.Length >> 7), .. content];
}
