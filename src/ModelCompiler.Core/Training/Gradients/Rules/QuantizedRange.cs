using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>What the integers of a QuantizeLinear reach, counted from its zero point.</summary>
internal static class QuantizedRange
{
    /// <summary>The least and the greatest, one for each scale.</summary>
    public static (float[] Least, float[] Greatest) Of(NodeShapes node)
    {
        var (least, greatest) = Ends(TypeOf(node))!.Value;
        var zeroPoints = node.Constant(2) is { } stored ? Integers(stored) : new int[node.Dims(1).Aggregate(1L, (count, size) => count * size)];
        return (Array.ConvertAll(zeroPoints, zero => (float)(least - zero)), Array.ConvertAll(zeroPoints, zero => (float)(greatest - zero)));
    }

    /// <summary>For people, continuing "since …".</summary>
    public static string? ReasonNotToKnow(NodeShapes node) =>
        node.Has(2) && node.Constant(2) is null ? "its zero point is computed" :
        Ends(TypeOf(node)) is null ? $"it makes {TypeOf(node).OnnxName()}" : null;

    private static ElementType TypeOf(NodeShapes node) =>
        node.Constant(2)?.Type ?? (node.Node.GetInt("output_dtype", 0) is > 0 and var type ? (ElementType)type : ElementType.UInt8);

    private static (int Least, int Greatest)? Ends(ElementType type) => type switch
    {
        ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        ElementType.UInt8 => (byte.MinValue, byte.MaxValue),
        ElementType.Int16 => (short.MinValue, short.MaxValue),
        ElementType.UInt16 => (ushort.MinValue, ushort.MaxValue),
        ElementType.Int4 => (-8, 7),
        ElementType.UInt4 => (0, 15),
        _ => null,
    };

    private static int[] Integers(Tensor tensor) => tensor.Type switch
    {
        ElementType.Int4 => Nibbles(tensor, nibble => (nibble ^ 8) - 8),
        ElementType.UInt4 => Nibbles(tensor, nibble => nibble),
        _ => Array.ConvertAll(tensor.ToFloats(), integer => (int)integer),
    };

    /// <summary>Two in a byte, the lower one first.</summary>
    private static int[] Nibbles(Tensor tensor, Func<int, int> meaning)
    {
        var bytes = tensor.Data.Span.ToArray();
        return [.. Enumerable.Range(0, (int)tensor.Count).Select(i => meaning((bytes[i / 2] >> (4 * (i % 2))) & 15))];
    }
}
