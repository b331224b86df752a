using DigitReader.Training.Drawing;
using DigitReader.Training.Network;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using GraphShape = ModelCompiler.Graphs.Shape;

namespace DigitReader.Training.Export;

/// <summary>
/// A trained network as an ONNX model: <c>image</c> float32 [batch, 1, 28, 28], white ink (1) on black (0), to <c>probabilities</c>
/// float32 [batch, 10]. Batch normalization is written as it was trained: folding it is the compiler's work.
/// </summary>
internal static class OnnxExport
{
    private const long Opset = 17;

    public static Model ToModel(DigitNetwork network)
    {
        var builder = new GraphBuilder(Opset, "digits");
        var shape = new GraphShape([Dimension.Named("batch"), Dimension.Of(1), Dimension.Of(DigitPainter.Side), Dimension.Of(DigitPainter.Side)]);
        var value = builder.Input("image", new TensorType(ElementType.Float32, shape));
        foreach (var layer in network.Layers)
            value = AddLayer(builder, layer, value);

        var probabilities = builder.Node("Softmax", [value], Attributes(("axis", 1L)));
        var type = new TensorType(ElementType.Float32, new GraphShape([Dimension.Named("batch"), Dimension.Of(10)]));
        return builder.Output(probabilities, "probabilities", type).Model;
    }

    private static Value AddLayer(GraphBuilder builder, ILayer layer, Value input) => layer switch
    {
        Convolution convolution => builder.Node(
            "Conv",
            [input, Weight(builder, convolution.Weight)],
            Attributes(("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }))),
        BatchNormalization norm => builder.Node("BatchNormalization", [input, .. Statistics(builder, norm)], Attributes(("epsilon", BatchNormalization.Epsilon))),
        Relu => builder.Node("Relu", [input]),
        MaxPool => builder.Node("MaxPool", [input], Attributes(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))),
        GlobalAveragePool => builder.Node("Flatten", [builder.Node("GlobalAveragePool", [input])]),
        Dense dense => builder.Node("Gemm", [input, Weight(builder, dense.Weight), Weight(builder, dense.Bias)], Attributes(("transB", 1L))),
        _ => throw new ArgumentException($"{layer.GetType().Name} has no ONNX form here.", nameof(layer)),
    };

    private static Value[] Statistics(GraphBuilder builder, BatchNormalization norm)
    {
        var name = norm.Scale.Name[..^".scale".Length];
        return
        [
            Weight(builder, norm.Scale),
            Weight(builder, norm.Shift),
            builder.Initializer(name + ".mean", Tensor.Of(norm.RunningMean, norm.RunningMean.Length)),
            builder.Initializer(name + ".variance", Tensor.Of(norm.RunningVariance, norm.RunningVariance.Length)),
        ];
    }

    private static Value Weight(GraphBuilder builder, Parameter parameter) =>
        builder.Initializer(parameter.Name, Tensor.Of(parameter.Value, Array.ConvertAll(parameter.Shape, size => (long)size)));

    private static Dictionary<string, AttributeValue> Attributes(params ReadOnlySpan<(string Name, AttributeValue Value)> attributes)
    {
        var named = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in attributes)
            named.Add(name, value);
        return named;
    }
}
