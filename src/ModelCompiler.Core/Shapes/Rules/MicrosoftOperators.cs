using ModelCompiler.Contract;

namespace ModelCompiler.Shapes.Rules;

/// <summary>The operators of ONNX Runtime's own domain, com.microsoft, that exported and quantized models carry most.</summary>
internal static class MicrosoftOperators
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("Gelu FastGelu QuickGelu BiasGelu LayerNormalization SimplifiedLayerNormalization SkipLayerNormalization SkipSimplifiedLayerNormalization",
            Elementwise.Same),
        ("QLinearAdd QLinearMul", node => node.Set(0, node.Element(0), Dimensions.Broadcast(node.Shape(0), node.Shape(3)))),
        ("QLinearSigmoid QLinearLeakyRelu QLinearSoftmax", Elementwise.Same),
        ("QLinearAveragePool", ChannelsFirst(Pooling.Pool)),
        ("QLinearGlobalAveragePool", ChannelsFirst(Pooling.GlobalPool)),
        ("QLinearConv", ChannelsFirst(node => Convolution.Convolve(node, 0, 3, node.Element(7)))),
        ("FusedConv", node => Convolution.Convolve(node, 0, 1, node.Element(0))),
        ("QuantizeLinear", Quantization.Quantize),
        ("DequantizeLinear", Quantization.Dequantize),
        ("MatMulNBits", MatMulNBits),
        ("DynamicQuantizeMatMul", node => node.Set(0, ElementType.Float32, MatrixProducts.Product(node.Shape(0), node.Shape(1)))),
        ("MatMulIntegerToFloat", node => node.Set(0, node.Element(2), MatrixProducts.Product(node.Shape(0), node.Shape(1)))),
    ];

    /// <summary>The rule for NCHW; with channels_last nothing is said.</summary>
    private static ShapeRule ChannelsFirst(ShapeRule rule) => node =>
    {
        if (node.Node.GetInt("channels_last", 0) == 0)
            rule(node);
        else
            node.Set(0, node.Element(0), null);
    };

    /// <summary>A [..., K] times a weight stored as [N, blocks, bytes].</summary>
    private static void MatMulNBits(NodeInference node)
    {
        if (node.Shape(0) is { Rank: > 0 } input)
            node.Set(0, node.Element(0), input.With(input.Rank - 1, Dimension.Of(node.Node.GetInt("N", 0))));
    }
}
