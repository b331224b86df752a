using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training;

/// <summary>Small networks that learn and teach.</summary>
internal static class Students
{
    public const int Features = 8, Hidden = 12, Classes = 4;

    /// <summary>y = W₂·relu(W₁·x + b₁) + b₂, of any number of rows.</summary>
    /// <param name="seed">Of the weights.</param>
    /// <param name="noise">What is added to each weight, as a share of its usual size: a student that lost something.</param>
    /// <param name="noiseSeed">Of what is added.</param>
    public static Model Perceptron(int seed, float noise = 0, int noiseSeed = 0)
    {
        var (random, other) = (new Random(seed), new Random(noiseSeed));
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", Rows(Features));
        var hidden = builder.Node("Relu", [builder.Node("Gemm", [x, Weight("w1", Features, Hidden), Weight("b1", Hidden)])]);
        var y = builder.Node("Gemm", [hidden, Weight("w2", Hidden, Classes), Weight("b2", Classes)]);
        return builder.Output(y, "y", Rows(Classes)).Model;

        Value Weight(string name, params long[] dims) =>
            builder.Initializer(name, Tensor.Of(Gradients.Numbers.Uniform(random, dims).ToFloats().Zip(Gradients.Numbers.Uniform(other, dims).ToFloats(), (weight, change) => weight + (noise * change)).ToArray(), dims));
    }

    /// <summary>float32 [n, columns].</summary>
    public static TensorType Rows(int columns) => new(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(columns)]));
}
