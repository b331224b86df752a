using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Tests;

/// <summary>Models of a few nodes.</summary>
internal static class TinyModels
{
    /// <summary>x[batch,4] → MatMul with a 4×3 weight → Relu → y[batch,3].</summary>
    public static string Linear(string path, float scale = 1)
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(4)])));
        var weight = builder.Initializer("w", Tensor.Of([.. Enumerable.Range(0, 12).Select(i => scale * (i - 5) / 7f)], 4, 3));
        var type = new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(3)]));
        builder.Output(builder.Node("Relu", [builder.Node("MatMul", [x, weight])]), "y", type);
        return Write(builder, path);
    }

    /// <summary>x[1,3,8,8] → GlobalAveragePool → y[1,3,1,1].</summary>
    public static string Image(string path)
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 8, 8);
        builder.Output(builder.Node("GlobalAveragePool", [x]), "y", new TensorType(ElementType.Float32, Shape.Of(1, 3, 1, 1)));
        return Write(builder, path);
    }

    /// <summary>
    /// x[1,192] → three convolutions of 3×3 → means[1,16]. Weights and activations are mostly large and of one sign, so that in 8 bits
    /// the sum of two products leaves 16 bits.
    /// </summary>
    public static string Saturating(string path)
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", ElementType.Float32, 1, 3 * 64);
        var value = builder.Node("Relu", [builder.Node("Reshape", [x, builder.Initializer("shape", Tensor.Of([1L, 3, 8, 8], 4))])]);
        foreach (var (index, inputs) in new[] { 3, 16, 16 }.Index())
            value = builder.Node("Relu", [builder.Node("Conv", [value, builder.Initializer($"w{index}", LargeWeights(index, inputs))])]);
        var means = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [value])]);
        builder.Output(means, "y", new TensorType(ElementType.Float32, Shape.Of(1, 16)));
        return Write(builder, path);
    }

    /// <summary>x[1,4096] → 16 rows → a product with 256×256 weights → their mean → another one → y[1,256]; as in <see cref="Saturating"/>.</summary>
    public static string SaturatingProducts(string path)
    {
        var builder = new GraphBuilder(opset: 13);
        var x = builder.Input("x", ElementType.Float32, 1, 16 * 256);
        var rows = builder.Node("Relu", [builder.Node("Reshape", [x, builder.Initializer("shape", Tensor.Of([16L, 256], 2))])]);
        var product = builder.Node("Relu", [builder.Node("MatMul", [rows, builder.Initializer("w0", LargeNumbers(1, 256, 256))])]);
        var axes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axes"] = new long[] { 0 } };
        var mean = builder.Node("ReduceMean", [product], axes);
        builder.Output(builder.Node("MatMul", [mean, builder.Initializer("w1", LargeNumbers(2, 256, 256))]), "y", new TensorType(ElementType.Float32, Shape.Of(1, 256)));
        return Write(builder, path);
    }

    private static Tensor LargeWeights(int seed, int inputs) => LargeNumbers(seed, 16, inputs, 3, 3);

    /// <summary>Nine of ten from 0.8 to 1, the others below 0.</summary>
    private static Tensor LargeNumbers(int seed, params long[] dims)
    {
        var random = new Random(seed);
        var count = (int)dims.Aggregate(1L, (product, dim) => product * dim);
        return Tensor.Of([.. Enumerable.Range(0, count).Select(_ => random.NextSingle() < 0.1f ? -random.NextSingle() : 0.8f + (0.2f * random.NextSingle()))], dims);
    }

    private static string Write(GraphBuilder builder, string path)
    {
        using var model = builder.Model;
        OnnxWriter.Write(model, path);
        return path;
    }
}
