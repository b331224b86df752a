using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes.Rules;

/// <summary>QuantizeLinear and its inverse; the quantized products are with their families.</summary>
internal static class Quantization
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("QuantizeLinear", Quantize),
        ("DequantizeLinear", Dequantize),
        ("DynamicQuantizeLinear", DynamicQuantize),
    ];

    /// <summary>The zero point's type, else what output_dtype says (opset 21), else uint8.</summary>
    public static void Quantize(NodeInference node)
    {
        var element = node.Has(2) ? node.Element(2) : (ElementType)node.Node.GetInt("output_dtype", 0);
        node.Set(0, element == ElementType.Undefined && !node.Has(2) ? ElementType.UInt8 : element, node.Shape(0));
    }

    public static void Dequantize(NodeInference node)
    {
        var said = (ElementType)node.Node.GetInt("output_dtype", 0);
        node.Set(0, said == ElementType.Undefined ? node.Element(1) : said, node.Shape(0));
    }

    private static void DynamicQuantize(NodeInference node)
    {
        node.Set(0, ElementType.UInt8, node.Shape(0));
        node.Set(1, ElementType.Float32, Shape.Scalar);
        node.Set(2, ElementType.UInt8, Shape.Scalar);
    }
}
