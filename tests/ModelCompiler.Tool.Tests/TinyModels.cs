using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Tests;

/// <summary>Models of a few nodes.</summary>
internal static class TinyModels
{
    /// <summary>[batch,4] → MatMul with a 4×3 weight → Relu → [batch,3].</summary>
    public static string Linear(string path)
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(4)])));
        var weight = builder.Initializer("w", Tensor.Of([.. Enumerable.Range(0, 12).Select(i => (i - 5) / 7f)], 4, 3));
        var type = new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(3)]));
        builder.Output(builder.Node("Relu", [builder.Node("MatMul", [x, weight])]), "y", type);
        return Write(builder, path);
    }

    private static string Write(GraphBuilder builder, string path)
    {
        using var model = builder.Model;
        OnnxWriter.Write(model, path);
        return path;
    }
}
