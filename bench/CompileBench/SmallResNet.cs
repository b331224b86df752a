using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace CompileBench;

/// <summary>A student that knows nothing yet: the residual network of MLPerf Tiny at half its width (8, 16 and 32 channels in place of 16, 32 and 64), with random weights (He et al. 2015).</summary>
internal static class SmallResNet
{
    private const int Classes = 10;

    /// <summary>Reads <c>input</c> [n, 3, 32, 32], makes <c>logits</c> [n, 10].</summary>
    public static string Write(string folder)
    {
        var builder = new GraphBuilder(17);
        Output(builder, Logits(builder));
        return OnnxWriter.Write(builder.Model, Path.Combine(folder, "small_resnet.onnx"))[0];
    }

    /// <summary>The same with a second input <c>answer</c> [n, 10], which it does not read: its teacher does.</summary>
    public static string WriteForLabels(string folder)
    {
        var builder = new GraphBuilder(17);
        var logits = Logits(builder);
        Answer(builder);
        Output(builder, logits);
        return OnnxWriter.Write(builder.Model, Path.Combine(folder, "small_resnet_by_labels.onnx"))[0];
    }

    /// <summary>A teacher that does not look at the picture: its answer is the label, given as 1 in its place.</summary>
    public static string WriteLabels(string folder)
    {
        var builder = new GraphBuilder(17);
        builder.Input("input", Batch(3, 32, 32));
        var sure = builder.Node("Mul", [Answer(builder), builder.Initializer("sure", Tensor.Scalar(40f))]);
        Output(builder, sure);
        return OnnxWriter.Write(builder.Model, Path.Combine(folder, "labels.onnx"))[0];
    }

    private static Value Logits(GraphBuilder builder)
    {
        var random = new Random(1);
        var value = Relu(Conv(builder.Input("input", Batch(3, 32, 32)), 3, 8, 3, 1));
        foreach (var (from, to, stride) in new[] { (8, 8, 1), (8, 16, 2), (16, 32, 2) })
        {
            var inner = Conv(Relu(Conv(value, from, to, 3, stride)), to, to, 3, 1);
            var shortcut = stride == 1 ? value : Conv(value, from, to, 1, stride);
            value = Relu(builder.Node("Add", [inner, shortcut]));
        }

        var pooled = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [value])]);
        return builder.Node("Gemm", [pooled, Random("w", 1f / 32, 32, Classes), builder.Initializer("b", Tensor.Of(new float[Classes], Classes))]);

        Value Relu(Value x) => builder.Node("Relu", [x]);

        Value Conv(Value x, int from, int to, int kernel, int stride)
        {
            var pad = (long)kernel / 2;
            return builder.Node("Conv", [x, Random("w", 2f / (from * kernel * kernel), to, from, kernel, kernel), builder.Initializer("b", Tensor.Of(new float[to], to))], new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
            {
                ["pads"] = new[] { pad, pad, pad, pad },
                ["strides"] = new long[] { stride, stride },
            });
        }

        Value Random(string name, float variance, params long[] dims)
        {
            var weights = new float[dims.Aggregate(1L, (product, size) => product * size)];
            for (var i = 0; i < weights.Length; i++)
                weights[i] = MathF.Sqrt(3 * variance) * ((2 * random.NextSingle()) - 1);
            return builder.Initializer(name, Tensor.Of(weights, dims));
        }
    }

    private static Value Answer(GraphBuilder builder) => builder.Input("answer", Batch(Classes));

    private static void Output(GraphBuilder builder, Value logits) => builder.Output(logits, "logits", Batch(Classes));

    private static TensorType Batch(params long[] sizes) => new(ElementType.Float32, new Shape([Dimension.Named("n"), .. sizes.Select(Dimension.Of)]));
}
