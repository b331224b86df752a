using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Reductions against central differences.</summary>
public sealed class ReductionGradientTests
{
    /// <summary>With axes as an attribute and as an input, kept and not, counted from both ends, all of them and those of a scalar.</summary>
    [Theory]
    [InlineData("ReduceSum")]
    [InlineData("ReduceMean")]
    [InlineData("ReduceMax")]
    [InlineData("ReduceMin")]
    [InlineData("ReduceL1")]
    [InlineData("ReduceL2")]
    [InlineData("ReduceSumSquare")]
    [InlineData("ReduceLogSumExp")]
    [InlineData("ReduceLogSum")]
    public void AxesOfEveryForm(string op)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var rank = random.Next(1, 5);
            var dims = ConstantOperands.Sizes(random, rank, 3);
            var x = op switch
            {
                "ReduceLogSum" => Numbers.Between(random, 0.5f, 2, dims),
                "ReduceL2" => Numbers.Between(random, 0.2f, 1, dims),
                _ => Numbers.Apart(random, dims),
            };
            var opset = seed % 2 == 0 ? 17 : 21;
            var axes = ConstantOperands.SomeAxes(random, rank);
            (string, AttributeValue) keep = ("keepdims", random.Next(2));
            var network = seed % 5 == 0 ? GradientCheck.Operator(op, keep)
                : opset == 17 && op != "ReduceSum" ? GradientCheck.Operator(op, keep, ("axes", axes))
                : ConstantOperands.Operator(op, [Tensor.Vector<long>(axes)], keep);
            GradientCheck.Run(network, opset, seed, ("x", x));
        }
    }

    [Theory]
    [InlineData("ReduceSum")]
    [InlineData("ReduceMean")]
    [InlineData("ReduceMax")]
    [InlineData("ReduceMin")]
    [InlineData("ReduceLogSumExp")]
    public void EmptyAxesReduceNothingWhereTheNodeSaysSo(string op)
    {
        foreach (var nothing in new[] { 0, 1 })
        {
            GradientCheck.Run(ConstantOperands.Operator(op, [Tensor.Vector<long>()], ("noop_with_empty_axes", nothing)), 18, 1, ("x", Numbers.Apart(new Random(1), 2, 3)));
            GradientCheck.Run(GradientCheck.Operator(op, ("noop_with_empty_axes", nothing), ("keepdims", 0)), 18, 2, ("x", Numbers.Apart(new Random(2), 2, 3)));
        }
    }

    [Theory]
    [InlineData("ReduceSum")]
    [InlineData("ReduceMean")]
    [InlineData("ReduceMax")]
    [InlineData("ReduceSumSquare")]
    [InlineData("ReduceLogSumExp")]
    public void ScalarsAreTheirOwnReduction(string op) => GradientCheck.Run(GradientCheck.Operator(op), 3, ("x", Numbers.Between(new Random(3), 0.5f, 1)));

    /// <summary>Where all elements are 0 the norm has no derivative; 0 is one of its subgradients, and finite.</summary>
    [Fact]
    public void NormOfNothingButZerosHasTheGradientZero() =>
        GradientAt.Of(GradientCheck.Operator("ReduceL2", ("axes", new long[] { 1 })), ("x", Tensor.Of([0f, 0, 3, 4], 2, 2)))["x"].ShouldBe([0, 0, 0.6f, 0.8f]);

    [Fact]
    public void ElementsThatShareTheMaximumShareItsGradient() =>
        GradientAt.Of(GradientCheck.Operator("ReduceMax", ("axes", new long[] { 1 })), ("x", Tensor.Of([1f, 3, 3, 0, 5, 2], 2, 3)))["x"].ShouldBe([0, 0.5f, 0.5f, 0, 1, 0]);

    [Fact]
    public void CumulativeSums()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var axis = (seed / 4) - 2;
            GradientCheck.Run(
                ConstantOperands.Operator("CumSum", [Tensor.Scalar((long)axis)], ("exclusive", seed & 1), ("reverse", (seed >> 1) & 1)), seed, ("x", Numbers.Uniform(new Random(seed), 3, 4)));
        }
    }
}
