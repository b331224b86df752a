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

    private static Tensor LargeWeights(int seed, int inputs)
    {
        var random = new Random(seed);
        return Tensor.Of([.. Enumerable.Range(0, 16 * inputs * 9).Select(_ => random.NextSingle() < 0.1f ? -random.NextSingle() : 0.8f + (0.2f * random.NextSingle()))], 16, inputs, 3, 3);
    }

    private static string Write(GraphBuilder builder, string path)
    {
        using var model = builder.Model;
        OnnxWriter.Write(model, path);
        return path;
    }
}
