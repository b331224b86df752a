using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Functions of mathematics against central differences.</summary>
public sealed class FunctionGradientTests
{
    [Theory]
    [InlineData("Identity")]
    [InlineData("Neg")]
    [InlineData("Exp")]
    [InlineData("Sin")]
    [InlineData("Cos")]
    public void OfAnyNumber(string op)
    {
        for (var seed = 0; seed < 10; seed++)
            GradientCheck.Run(GradientCheck.Operator(op), seed, Input(seed, -1.5f, 1.5f));
    }

    [Theory]
    [InlineData("Sqrt")]
    [InlineData("Log")]
    [InlineData("Reciprocal")]
    public void OfPositiveNumbers(string op)
    {
        for (var seed = 0; seed < 12; seed++)
            GradientCheck.Run(GradientCheck.Operator(op), seed, Input(seed, 0.5f, 2));
    }

    [Fact]
    public void ReciprocalOfNegativeNumbers()
    {
        for (var seed = 0; seed < 8; seed++)
            GradientCheck.Run(GradientCheck.Operator("Reciprocal"), seed, Input(seed, -2, -0.5f));
    }

    [Fact]
    public void AbsoluteValues()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            GradientCheck.Run(GradientCheck.Operator("Abs"), seed, ("x", Numbers.Apart(random, RandomShapes.Next(random))));
        }

        GradientAt.Of(GradientCheck.Operator("Abs"), ("x", Tensor.Vector(-2f, 0, 1e-20f)))["x"].ShouldBe([-1, 0, 1]);
    }

    [Fact]
    public void CastsBetweenFloats()
    {
        for (var seed = 0; seed < 6; seed++)
            GradientCheck.Run(GradientCheck.Operator("Cast", ("to", (long)ElementType.Float32)), seed, Input(seed, -1, 1));
    }

    /// <summary>Rounding to integers and back has the slope 0, not 1.</summary>
    [Fact]
    public void IntegersHaveNoGradient() => GradientAt.Of(Rounded, ("x", Tensor.Vector(1.5f))).ShouldBeEmpty();

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public void DropoutOfInference(bool? training)
    {
        for (var seed = 0; seed < 6; seed++)
            GradientCheck.Run(Dropout, seed, Input(seed, -1, 1));

        IReadOnlyList<Value> Dropout(GraphBuilder builder, IReadOnlyDictionary<string, Value> inputs) =>
            [builder.Node("Dropout", [inputs["x"], builder.Initializer("ratio", Tensor.Scalar(0.4f)), training is { } mode ? builder.Initializer("training", Tensor.Scalar(mode)) : null])];
    }

    [Fact]
    public void DropoutOfTrainingIsRefused()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, 2);
        var y = builder.Node("Dropout", [x, builder.Initializer("ratio", Tensor.Scalar(0.4f)), builder.Initializer("training", Tensor.Scalar(true))]);
        var paths = GradientPaths.Of(builder.Model.Graph, ShapeInference.Run(builder.Model), [y]);
        paths.Obstacles.ShouldHaveSingleItem().Reason.ShouldBe("it drops elements at random");
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(2f)]
    [InlineData(3f)]
    [InlineData(0.5f)]
    [InlineData(-0.5f)]
    [InlineData(-1f)]
    [InlineData(-2f)]
    [InlineData(1.7f)]
    public void PowersOfPositiveNumbers(float exponent)
    {
        for (var seed = 0; seed < 6; seed++)
            GradientCheck.Run(Power(Tensor.Scalar(exponent)), seed, Input(seed, 0.5f, 2));
    }

    [Theory]
    [InlineData(2f)]
    [InlineData(3f)]
    [InlineData(4f)]
    [InlineData(-1f)]
    public void WholePowersOfNegativeNumbers(float exponent)
    {
        for (var seed = 0; seed < 6; seed++)
            GradientCheck.Run(Power(Tensor.Scalar(exponent)), seed, Input(seed, -1.5f, -0.5f));
    }

    [Fact]
    public void PowersWithIntegerExponents()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var random = new Random(seed);
            GradientCheck.Run(Power(Tensor.Scalar(2L)), seed, ("x", Numbers.Between(random, 0.5f, 1.5f, 2, 3)));
            GradientCheck.Run(Power(Tensor.Of([1L, 2, 3], 3, 1)), seed, ("x", Numbers.Between(random, 0.5f, 1.5f, 2, 3, 2)));
        }
    }

    [Fact]
    public void PowersWithExponentsThatAreComputed()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var shape = RandomShapes.Next(random);
            GradientCheck.Run(
                GradientCheck.Operator("Pow"),
                seed,
                ("x", Numbers.Between(random, 0.5f, 2, RandomShapes.Operand(random, shape))),
                ("e", Numbers.Between(random, -1, 2, RandomShapes.Operand(random, shape))));
        }
    }

    [Fact]
    public void AConstantExponentOfAHigherRankBroadcastsTheBase()
    {
        for (var seed = 0; seed < 6; seed++)
            GradientCheck.Run(Power(Tensor.Of([2f], 1, 1, 1, 1, 1)), seed, Input(seed, 0.5f, 1.5f));
    }

    /// <summary>The general formulas have 0·∞ here.</summary>
    [Fact]
    public void PowersOfZeroHaveFiniteGradients()
    {
        float[] exponents = [0, 1, 2, 3, 2.5f];
        foreach (var exponent in exponents)
            GradientAt.Of(Power(Tensor.Scalar(exponent)), ("x", Tensor.Vector(0f)))["x"].ShouldBe([exponent == 1 ? 1 : 0]);
        GradientAt.Of(GradientCheck.Operator("Pow"), ("x", Tensor.Vector(0f)), ("e", Tensor.Vector(2f)))["e"].ShouldBe([0]);
    }

    private static IReadOnlyList<Value> Rounded(GraphBuilder builder, IReadOnlyDictionary<string, Value> inputs)
    {
        var whole = builder.Node("Cast", [inputs["x"]], To(ElementType.Int64));
        return [builder.Node("Cast", [whole], To(ElementType.Float32))];

        static Dictionary<string, AttributeValue> To(ElementType type) => new(StringComparer.Ordinal) { ["to"] = (long)type };
    }

    private static GradientCheck.Network Power(Tensor exponent) => (builder, inputs) => [builder.Node("Pow", [inputs["x"], builder.Initializer("exponent", exponent)])];

    private static (string Name, Tensor Value) Input(int seed, float from, float to)
    {
        var random = new Random(seed);
        return ("x", Numbers.Between(random, from, to, RandomShapes.Next(random)));
    }
}
