namespace ModelCompiler.Contract;

/// <summary>What is true of each element type.</summary>
public static class ElementTypes
{
    /// <summary>Bits one element takes in ONNX's packed form; 0 for types without a fixed size.</summary>
    public static int BitWidth(this ElementType type) => type switch
    {
        ElementType.UInt2 or ElementType.Int2 => 2,
        ElementType.UInt4 or ElementType.Int4 or ElementType.Float4E2M1 => 4,
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool or ElementType.Float8E4M3FN or ElementType.Float8E4M3FNUZ
            or ElementType.Float8E5M2 or ElementType.Float8E5M2FNUZ or ElementType.Float8E8M0 => 8,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 16,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 32,
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 or ElementType.Complex64 => 64,
        ElementType.Complex128 => 128,
        _ => 0,
    };

    /// <summary>Bytes that <paramref name="count"/> elements take; sub-byte types are packed, the last byte padded.</summary>
    public static long ByteLength(this ElementType type, long count) => checked(((count * type.BitWidth()) + 7) / 8);

    /// <summary>The name the ONNX documentation and ONNX Runtime print: <c>float</c>, <c>uint8</c>, <c>tensor(float)</c>'s inside.</summary>
    public static string OnnxName(this ElementType type) => type switch
    {
        ElementType.Float32 => "float",
        ElementType.Float64 => "double",
        _ => type.ToString().ToLowerInvariant(),
    };
}
