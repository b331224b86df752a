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

    private static string Write(GraphBuilder builder, string path)
    {
        using var model = builder.Model;
        OnnxWriter.Write(model, path);
        return path;
    }
}
