using ModelCompiler.Contract;
using ModelCompiler.Graphs;

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
        ("QLinearAveragePool", InEitherOrder(Pooling.Pool)),
        ("QLinearGlobalAveragePool", InEitherOrder(Pooling.GlobalPool)),
        ("QLinearConv", InEitherOrder(node => Convolution.Convolve(node, 0, 3, node.Element(7)))),
        ("NhwcMaxPool", ChannelsLast(Pooling.Pool)),
        ("QLinearConcat", Concat),
        ("QGemm", node => MatrixProducts.Gemm(node, 3, node.Node.Input(8) is null ? ElementType.Float32 : node.Element(8))),
        ("FusedConv", node => Convolution.Convolve(node, 0, 1, node.Element(0))),
        ("QuantizeLinear", Quantization.Quantize),
        ("DequantizeLinear", Quantization.Dequantize),
        ("MatMulNBits", MatMulNBits),
        ("DynamicQuantizeLSTM", Recurrence.Recurrent),
        ("GatherBlockQuantized", GatherBlockQuantized),
        ("DynamicQuantizeMatMul", node => node.Set(0, ElementType.Float32, MatrixProducts.Product(node.Shape(0), node.Shape(1)))),
        ("MatMulIntegerToFloat", node => node.Set(0, node.Element(2), MatrixProducts.Product(node.Shape(0), node.Shape(1)))),
    ];

    private static ShapeRule InEitherOrder(ShapeRule rule) => node => (node.Node.GetInt("channels_last", 0) == 0 ? rule : ChannelsLast(rule))(node);

    /// <summary>The rule for NCHW, told of the picture in that order, its result put back into NHWC.</summary>
    private static ShapeRule ChannelsLast(ShapeRule rule) => node =>
    {
        var types = new InferredTypes();
        for (var i = 1; i < node.Node.Inputs.Count; i++)
        {
            if (node.Node.Inputs[i] is { } operand)
                types.Set(operand, new TensorType(node.Element(i), node.Shape(i)));
        }

        var picture = node.Node.Inputs[0]!;
        types.Set(picture, new TensorType(node.Element(0), node.Shape(0) is { Rank: >= 2 } last ? new Shape([last[0], last[^1], .. last.Skip(1).SkipLast(1)]) : null));
        rule(new NodeInference(node.Node, types));
        var first = types.ShapeOf(node.Node.Output);
        node.Set(0, types.ElementOf(node.Node.Output), first is { Rank: >= 2 } ? new Shape([first[0], .. first.Skip(2), first[1]]) : null);
    };

    /// <summary>Scale and zero point of the result, then a triple for each input.</summary>
    private static void Concat(NodeInference node)
    {
        var inputs = Enumerable.Range(0, (node.Node.Inputs.Count - 2) / 3).Select(i => node.Shape(2 + (3 * i))).ToArray();
        node.Set(0, node.Element(1), Joining.Joined(inputs, node.Node.GetInt("axis", 0)));
    }

    /// <summary>A [..., K] times a weight stored as [N, blocks, bytes].</summary>
    private static void MatMulNBits(NodeInference node)
    {
        if (node.Shape(0) is { Rank: > 0 } input)
            node.Set(0, node.Element(0), input.With(input.Rank - 1, Dimension.Of(node.Node.GetInt("N", 0))));
    }

    /// <summary>Rows of a table that is stored as [rows, bytes].</summary>
    private static void GatherBlockQuantized(NodeInference node)
    {
        if (node.Element(0) != ElementType.UInt8 || node.Node.GetInt("gather_axis", 0) != 0 || node.Shape(0) is not { Rank: 2 } table || node.Shape(1) is not { } indices)
            return;
        if (table[1].Size is { } bytes)
            node.Set(0, node.Element(2), new Shape([.. indices, Dimension.Of(bytes * 8 / node.Node.GetInt("bits", 4))]));
    }
}
