using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace CompileBench;

/// <summary>x → Gemm → Relu → … → Gemm → y, square layers; for one row it takes as long as it takes to read the weights.</summary>
internal static class FullyConnectedStack
{
    /// <summary>Writes the model into a folder; the weights are seeded noise that keeps the variance from layer to layer.</summary>
    /// <returns>The path of the model.</returns>
    public static string Write(string folder, int rows, int size, int layers)
    {
        var builder = new GraphBuilder(opset: 17);
        var value = builder.Input("x", ElementType.Float32, rows, size);
        for (var layer = 0; layer < layers; layer++)
        {
            var random = new Random(layer);
            var weight = builder.Initializer("weight", Tensor.Of(Noise(random, size * size, Math.Sqrt(2.0 / size)), size, size));
            var product = builder.Node("Gemm", [value, weight, builder.Initializer("bias", Tensor.Of(Noise(random, size, 0.1), size))]);
            value = layer < layers - 1 ? builder.Node("Relu", [product]) : product;
        }

        builder.Output(value, "y", new TensorType(ElementType.Float32, Shape.Of(rows, size)));
        return OnnxWriter.Write(builder.Model, Path.Combine(folder, $"{rows}-by-{size}-source.onnx"))[0];
    }

    /// <summary>Normal numbers by the Box–Muller transform.</summary>
    private static float[] Noise(Random random, int count, double deviation)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }
}
