using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Activations with kinks against central differences; at the kinks the gradient of one side.</summary>
public sealed class ActivationGradientTests
{
    /// <summary>Every elementwise one with its attributes, and how far numbers are spread so that kinks lie in the middle between two: at (k + ½)·spacing for no k.</summary>
    public static TheoryData<string, string, float, float, float> Attributes => new()
    {
        { "Relu", "", 0, 0, 0.04f },
        { "LeakyRelu", "", 0, 0, 0.04f },
        { "LeakyRelu", "alpha", 0.1f, 0, 0.04f },
        { "LeakyRelu", "alpha", 0, 0, 0.04f },
        { "LeakyRelu", "alpha", -0.2f, 0, 0.04f },
        { "LeakyRelu", "alpha", 1.5f, 0, 0.04f },
        { "ThresholdedRelu", "", 0, 0, 0.2f },
        { "ThresholdedRelu", "alpha", 0.4f, 0, 0.2f },
        { "ThresholdedRelu", "alpha", -0.4f, 0, 0.2f },
        { "HardSigmoid", "", 0, 0, 0.24f },
        { "HardSigmoid", "alpha beta", 2.5f, 0.5f, 0.04f },
        { "HardSigmoid", "alpha beta", -2.5f, 0.5f, 0.04f },
        { "HardSwish", "", 0, 0, 0.2f },
        { "Elu", "", 0, 0, 0.1f },
        { "Elu", "alpha", 0.5f, 0, 0.1f },
        { "Elu", "alpha", 1.5f, 0, 0.1f },
        { "Selu", "", 0, 0, 0.1f },
        { "Selu", "alpha gamma", 0.5f, 2f, 0.1f },
        { "Celu", "", 0, 0, 0.1f },
        { "Celu", "alpha", 0.5f, 0, 0.1f },
        { "Celu", "alpha", 2f, 0, 0.1f },
    };

    [Theory]
    [MemberData(nameof(Attributes))]
    public void ElementByElement(string op, string attributes, float first, float second, float spacing)
    {
        var given = attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Zip([first, second], (name, value) => (name, (AttributeValue)value)).ToArray();
        for (var seed = 0; seed < 8; seed++)
            GradientCheck.Run(GradientCheck.Operator(op, given), seed, ("x", Spread(seed, spacing)));
    }

    [Theory]
    [InlineData("Relu", new[] { 0f, 0, 1, 1 })]
    [InlineData("LeakyRelu", new[] { 0.01f, 0.01f, 1, 1 })]
    [InlineData("HardSigmoid", new[] { 0.2f, 0.2f, 0.2f, 0.2f })]
    [InlineData("Elu", new[] { 1f, 1, 1, 1 })]
    public void AroundZero(string op, float[] expected) =>
        GradientAt.Of(GradientCheck.Operator(op), ("x", Tensor.Vector(-1e-20f, 0, 1e-20f, 1e-3f)))["x"].ShouldBe(expected);

    [Fact]
    public void LargeNumbersHaveFiniteGradients()
    {
        float[] expected = [0, 1];
        foreach (var op in (string[])["Relu", "Elu", "Celu", "HardSwish", "ThresholdedRelu"])
            GradientAt.Of(GradientCheck.Operator(op), ("x", Tensor.Vector(-1e30f, 1e30f)))["x"].ShouldBe(expected, op);
    }

    [Fact]
    public void ThresholdsAreExact()
    {
        var threshold = 0.7f;
        float[] around = [MathF.BitDecrement(threshold), threshold, MathF.BitIncrement(threshold)];
        GradientAt.Of(GradientCheck.Operator("ThresholdedRelu", ("alpha", threshold)), ("x", Tensor.Vector<float>(around)))["x"].ShouldBe([0, 0, 1]);
    }

    [Fact]
    public void LearntSlopes()
    {
        for (var seed = 0; seed < 36; seed++)
        {
            var random = new Random(seed);
            var shape = RandomShapes.Next(random);
            GradientCheck.Run(GradientCheck.Operator("PRelu"), seed, ("x", Numbers.Apart(random, shape)), ("slope", Numbers.Between(random, -0.5f, 1.5f, RandomShapes.Operand(random, shape))));
        }
    }

    [Fact]
    public void ClippingToConstants()
    {
        for (var seed = 0; seed < 32; seed++)
            GradientCheck.Run(ClipTo((seed & 1) == 0 ? -0.2f : null, (seed & 2) == 0 ? 0.4f : null), seed, ("x", Spread(seed, 0.04f)));
    }

    [Fact]
    public void ClippingToBoundsThatAreLearnt()
    {
        for (var seed = 0; seed < 16; seed++)
            GradientCheck.Run(GradientCheck.Operator("Clip"), seed, ("x", Spread(seed, 0.04f)), ("min", Tensor.Scalar(-0.2f).Reshape()), ("max", Tensor.Scalar(0.4f).Reshape()));
    }

    [Fact]
    public void WhatIsAtABoundIsNotClipped() =>
        GradientAt.Of(ClipTo(0, 6), ("x", Tensor.Vector(-1f, 0, 3, 6, 7)))["x"].ShouldBe([0, 1, 1, 1, 0]);

    /// <summary>Their slopes are told from the output, whose sign would be another.</summary>
    [Theory]
    [InlineData("Elu")]
    [InlineData("Selu")]
    [InlineData("Celu")]
    public void NegativeAlphasAreRefused(string op)
    {
        var builder = new GraphBuilder(17);
        var y = GradientCheck.Operator(op, ("alpha", -1f))(builder, new Dictionary<string, Value>(StringComparer.Ordinal) { ["x"] = builder.Input("x", ElementType.Float32, 2) })[0];
        var paths = GradientPaths.Of(builder.Model.Graph, ShapeInference.Run(builder.Model), [y]);
        paths.Obstacles.ShouldHaveSingleItem().Reason.ShouldBe("its alpha is not positive");
    }

    private static GradientCheck.Network ClipTo(float? min, float? max) => (builder, inputs) =>
    [
        builder.Node("Clip", [inputs["x"], Bound(builder, min), Bound(builder, max)]),
    ];

    private static Value? Bound(GraphBuilder builder, float? bound) => bound is { } value ? builder.Initializer("bound", Tensor.Of([value])) : null;

    /// <summary>Numbers around 0 with equal distances, in random order: 0 lies in the middle between two, and so does every multiple of the spacing.</summary>
    private static Tensor Spread(int seed, float spacing)
    {
        var random = new Random(seed);
        var apart = Numbers.Apart(random, RandomShapes.Next(random));
        return Tensor.Of(Array.ConvertAll(apart.ToFloats(), value => value / 0.04f * spacing), apart.Dims);
    }
}
