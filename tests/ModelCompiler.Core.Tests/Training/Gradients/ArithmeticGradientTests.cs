using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Arithmetic of several tensors against central differences: every pair of shapes that broadcast to each other.</summary>
public sealed class ArithmeticGradientTests
{
    [Theory]
    [InlineData("Add")]
    [InlineData("Sub")]
    [InlineData("Mul")]
    public void OfTwo(string op)
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var shape = RandomShapes.Next(random);
            GradientCheck.Run(
                GradientCheck.Operator(op),
                seed,
                ("a", Numbers.Uniform(random, RandomShapes.Operand(random, shape))),
                ("b", Numbers.Uniform(random, RandomShapes.Operand(random, shape))));
        }
    }

    [Fact]
    public void Quotients()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var shape = RandomShapes.Next(random);
            GradientCheck.Run(
                GradientCheck.Operator("Div"),
                seed,
                ("a", Numbers.Uniform(random, RandomShapes.Operand(random, shape))),
                ("b", seed % 2 == 0 ? Numbers.Between(random, 0.5f, 2, RandomShapes.Operand(random, shape)) : Numbers.Between(random, -2, -0.5f, RandomShapes.Operand(random, shape))));
        }
    }

    [Theory]
    [InlineData("Sum")]
    [InlineData("Mean")]
    [InlineData("Max")]
    [InlineData("Min")]
    public void OfOneToFour(string op)
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var shape = RandomShapes.Next(random);
            GradientCheck.Run(GradientCheck.Operator(op), seed, OperandsApart(random, shape, 1 + (seed % 4)));
        }
    }

    [Fact]
    public void ChoiceByCondition()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var shape = RandomShapes.Next(random);
            var condition = Numbers.Uniform(random, RandomShapes.Operand(random, shape));
            var choices = Tensor.Of(Array.ConvertAll(condition.ToFloats(), value => value > 0), condition.Dims);
            var (a, b) = (("a", Numbers.Uniform(random, RandomShapes.Operand(random, shape))), ("b", Numbers.Uniform(random, RandomShapes.Operand(random, shape))));
            if (seed % 2 == 0)
                GradientCheck.Run(GradientCheck.Operator("Where"), seed, ("condition", choices), a, b);
            else
                GradientCheck.Run((builder, inputs) => [builder.Node("Where", [builder.Initializer("condition", choices), inputs["a"], inputs["b"]])], seed, a, b);
        }
    }

    /// <summary>x·x is 2x, not x.</summary>
    [Theory]
    [InlineData("Mul", 2)]
    [InlineData("Div", 2)]
    [InlineData("Sub", 2)]
    [InlineData("Add", 2)]
    [InlineData("Sum", 3)]
    [InlineData("Mean", 3)]
    [InlineData("Max", 2)]
    [InlineData("Min", 3)]
    public void OfOneValueWithItself(string op, int times)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var random = new Random(seed);
            var x = Numbers.Between(random, 0.5f, 2, RandomShapes.Next(random));
            GradientCheck.Run((builder, inputs) => [builder.Node(op, [.. Enumerable.Repeat(inputs["x"], times)])], seed, ("x", x));
        }
    }

    [Fact]
    public void AmongEqualOperandsTheFirstTakesTheGradient()
    {
        var gradients = GradientAt.Of(GradientCheck.Operator("Max"), ("a", Tensor.Vector(1f, 2, 3)), ("b", Tensor.Vector(1f, 3, 3)), ("c", Tensor.Vector(1f, 3, 0)));
        gradients["a"].ShouldBe([1, 0, 1]);
        gradients["b"].ShouldBe([0, 1, 0]);
        gradients["c"].ShouldBe([0, 0, 0]);
    }

    /// <summary>Attention masks scores this way: what is masked must not make the rest infinite.</summary>
    [Fact]
    public void AnInfiniteConstantBesideTheChosenLeavesTheGradientFinite()
    {
        GradientCheck.Network network = (builder, inputs) =>
            [builder.Node("Where", [builder.Initializer("mask", Tensor.Vector(true, false, true)), builder.Initializer("none", Tensor.Vector(float.NegativeInfinity)), inputs["x"]])];
        GradientAt.Of(network, ("x", Tensor.Vector(1f, 2, 3)))["x"].ShouldBe([0, 1, 0]);
    }

    /// <summary>Elements of all operands are apart from each other, and so are those that meet.</summary>
    private static (string Name, Tensor Value)[] OperandsApart(Random random, long[] shape, int count)
    {
        var dims = Enumerable.Range(0, count).Select(_ => RandomShapes.Operand(random, shape)).ToArray();
        var sizes = dims.Select(sizes => (int)sizes.Aggregate(1L, (a, b) => a * b)).ToArray();
        var values = Numbers.Apart(random, sizes.Sum()).ToFloats();
        return [.. dims.Select((operand, i) => ($"x{i}", Tensor.Of(values.AsSpan(sizes.Take(i).Sum(), sizes[i]).ToArray(), operand)))];
    }
}
