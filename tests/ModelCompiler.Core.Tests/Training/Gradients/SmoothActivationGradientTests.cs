using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Activations without kinks against central differences.</summary>
public sealed class SmoothActivationGradientTests
{
    private const string Microsoft = "com.microsoft";

    [Theory]
    [InlineData("Sigmoid", 17)]
    [InlineData("Tanh", 17)]
    [InlineData("Softplus", 17)]
    [InlineData("Erf", 17)]
    [InlineData("Mish", 18)]
    [InlineData("Gelu", 20)]
    [InlineData("Sigmoid", 21)]
    public void OfOneTensor(string op, long opset)
    {
        for (var seed = 0; seed < 10; seed++)
            GradientCheck.Run(GradientCheck.Operator(op), opset, seed, ("x", Input(seed)));
    }

    [Fact]
    public void SoftsignWhichHasAKinkInItsSlope()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            GradientCheck.Run(GradientCheck.Operator("Softsign"), seed, ("x", Numbers.Apart(random, RandomShapes.Next(random))));
        }
    }

    [Fact]
    public void GeluByTanh()
    {
        for (var seed = 0; seed < 10; seed++)
            GradientCheck.Run(GradientCheck.Operator("Gelu", ("approximate", "tanh")), 20, seed, ("x", Input(seed)));
    }

    /// <summary>As most exporters write SiLU.</summary>
    [Fact]
    public void ProductWithTheOwnSigmoid()
    {
        for (var seed = 0; seed < 10; seed++)
            GradientCheck.Run((builder, inputs) => [builder.Node("Mul", [inputs["x"], builder.Node("Sigmoid", [inputs["x"]])])], seed, ("x", Input(seed)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1f)]
    [InlineData(1.702f)]
    [InlineData(-0.5f)]
    public void Swish(float? alpha)
    {
        for (var seed = 0; seed < 8; seed++)
            GradientCheck.Run(GradientCheck.Operator("Swish", Alpha(alpha)), 24, seed, ("x", Input(seed)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1f)]
    [InlineData(0.5f)]
    public void QuickGelu(float? alpha)
    {
        for (var seed = 0; seed < 8; seed++)
            GradientCheck.Run(OfMicrosoft("QuickGelu", Alpha(alpha)), seed, ("x", Input(seed)));
    }

    [Theory]
    [InlineData("Gelu", false)]
    [InlineData("FastGelu", false)]
    [InlineData("FastGelu", true)]
    [InlineData("BiasGelu", true)]
    public void GeluOfMicrosoft(string op, bool hasBias)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var x = Numbers.Between(random, -2.5f, 2.5f, RandomShapes.Next(random, minRank: 1));
            if (hasBias)
                GradientCheck.Run(OfMicrosoft(op), seed, ("x", x), ("bias", Numbers.Uniform(random, x.Dims[^1])));
            else
                GradientCheck.Run(OfMicrosoft(op), seed, ("x", x));
        }
    }

    /// <summary>Where the function is flat in float32 its slope is 0 or 1, not the difference of two large numbers.</summary>
    [Theory]
    [InlineData("Sigmoid", 0)]
    [InlineData("Tanh", 0)]
    [InlineData("Erf", 0)]
    [InlineData("Softplus", 1)]
    public void FarOut(string op, float right)
    {
        var slopes = GradientAt.Of(GradientCheck.Operator(op), ("x", Tensor.Vector(-80f, 80)))["x"];
        slopes[0].ShouldBe(0, 1e-30);
        slopes[1].ShouldBe(right, 1e-30);
    }

    private static GradientCheck.Network OfMicrosoft(string op, params (string Name, AttributeValue Value)[] attributes) => (builder, inputs) =>
    [
        builder.Opset(Microsoft, 1).Node(op, [.. inputs.Values], attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal), Microsoft),
    ];

    private static (string Name, AttributeValue Value)[] Alpha(float? alpha) => alpha is { } given ? [("alpha", given)] : [];

    private static Tensor Input(int seed)
    {
        var random = new Random(seed);
        return Numbers.Between(random, -2.5f, 2.5f, RandomShapes.Next(random));
    }
}
