namespace ModelCompiler.Contract;

/// <summary>How the value of a protobuf field is encoded (protobuf.dev/programming-guides/encoding). Groups are not used by ONNX.</summary>
public enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    Fixed32 = 5,
}
