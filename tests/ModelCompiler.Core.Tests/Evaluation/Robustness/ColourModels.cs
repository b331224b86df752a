using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Robustness;

/// <summary>Classifiers that look at the mean colour of an image, for images of one colour.</summary>
internal static class ColourModels
{
    public const int Side = 8;

    /// <summary>Whether red or blue is stronger; green does not matter.</summary>
    public static Model RedOrBlue() => Build(2, (builder, means) => builder.Node("Gemm", [means, builder.Initializer("w", Tensor.Of([1f, -1, 0, 0, -1, 1], 3, 2))]));

    /// <summary>The same as long as green is below <paramref name="limit"/>: above it the answer is blue, whatever it should be.</summary>
    public static Model RedOrBlueWhileGreenIsBelow(float limit) => Build(2, (builder, means) =>
    {
        var scores = builder.Node("Gemm", [means, builder.Initializer("w", Tensor.Of([1f, -1, 0, 0, -1, 1], 3, 2))]);
        var green = builder.Node("Gemm", [means, builder.Initializer("v", Tensor.Of([0f, 0, 0, 1, 0, 0], 3, 2)), builder.Initializer("limit", Tensor.Of([0, -limit], 2))]);
        return builder.Node("Add", [scores, builder.Node("Mul", [builder.Node("Relu", [green]), builder.Initializer("much", Tensor.Of([100f], 1))])]);
    });

    /// <summary>Four classes, by whether red and blue are above 0: an input whose middle is not 0 looks like one of them throughout.</summary>
    public static Model RedAndBlueAboveZero() => Build(4, (builder, means) =>
        builder.Node("Gemm", [means, builder.Initializer("w", Tensor.Of([-1f, -1, 1, 1, 0, 0, 0, 0, -1, 1, -1, 1], 3, 4))]));

    private static Model Build(int classes, Func<GraphBuilder, Value, Value> scoresOf)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, Side, Side);
        var means = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [x])]);
        var scores = scoresOf(builder, means);
        return builder.Output(builder.Node("Softmax", [scores]), "y", new TensorType(ElementType.Float32, Shape.Of(1, classes))).Model;
    }
}
