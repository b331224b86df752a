using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Softmax along every axis against central differences.</summary>
public sealed class SoftmaxGradientTests
{
    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void AlongEveryAxis(string op)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var shape = RandomShapes.Next(random, minRank: 1);
            GradientCheck.Run(GradientCheck.Operator(op, ("axis", random.NextInt64(-shape.Length, shape.Length))), seed, ("x", Numbers.Between(random, -2, 2, shape)));
        }
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void AlongTheLastAxisUnlessSaid(string op)
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            GradientCheck.Run(GradientCheck.Operator(op), seed, ("x", Numbers.Between(random, -2, 2, RandomShapes.Next(random, minRank: 1))));
        }
    }

    /// <summary>Scores that are far apart: the others' probabilities are 0 in float32.</summary>
    [Fact]
    public void CertainAnswersHaveNoGradient() =>
        GradientAt.Of(GradientCheck.Operator("Softmax"), ("x", Tensor.Vector(0f, 500, -500)))["x"].ShouldBe([0, 0, 0]);

    /// <summary>Masked scores are −∞, and their probabilities 0.</summary>
    [Fact]
    public void MaskedScoresLeaveTheGradientFinite() =>
        GradientAt.Of(GradientCheck.Operator("Softmax"), ("x", Tensor.Vector(0f, 0, float.NegativeInfinity)))["x"].ShouldBe([0, 0, 0]);
}
