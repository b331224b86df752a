using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>What rules do not hold for stops the gradient with a reason, instead of being wrong.</summary>
public sealed class ComputedOperandGradientTests
{
    [Fact]
    public void WhereASliceBeginsMustBeConstant() =>
        Reason("Slice", (b, x) => [x, b.Input("starts", ElementType.Int64, 1), b.Initializer("ends", Tensor.Vector(2L))], [2, 3]).ShouldBe("what it takes is computed from its input");

    [Fact]
    public void HowMuchAPadAddsMustBeConstant() =>
        Reason("Pad", (b, x) => [x, b.Input("pads", ElementType.Int64, 4)], [4, 5]).ShouldBe("how much it adds is computed from its input");

    [Fact]
    public void ReducedAxesMustBeConstant() =>
        Reason("ReduceSum", (b, x) => [x, b.Input("axes", ElementType.Int64, 1)], [1, 3]).ShouldBe("the axes it reduces are computed from its input");

    [Fact]
    public void ScalesMustBeConstant() =>
        Reason("Resize", (b, x) => [x, null, b.Input("scales", ElementType.Float32, 2)], [4, 6]).ShouldBe("how much it enlarges is computed from its input");

    [Fact]
    public void NormsOfSingleElementsAreRefused() =>
        Reason("ReduceL1", (_, x) => [x], [2, 3], ("noop_with_empty_axes", 1)).ShouldBe("it reduces no axis");

    [Fact]
    public void AntialiasedResizesAreRefused() =>
        Reason("Resize", (b, x) => [x, null, b.Initializer("scales", Tensor.Vector(0.5f, 1f))], [1, 3], ("mode", "linear"), ("antialias", 1)).ShouldBe("there is no gradient rule for its antialias");

    [Fact]
    public void ProductsScatteredAreRefused() =>
        Reason("ScatterND", (b, x) => [x, b.Initializer("i", Tensor.Of([1L], 1, 1)), b.Initializer("u", Tensor.Of([1f, 2, 3], 1, 3))], [2, 3], ("reduction", "mul"))
            .ShouldBe("there is no gradient rule for its reduction mul");

    /// <summary>Why no gradient passes through an operator on [2, 3]; the sizes of what it makes are said, as a run would show them.</summary>
    private static string Reason(string opType, Func<GraphBuilder, Value, Value?[]> inputs, long[] dims, params (string Name, AttributeValue Value)[] attributes)
    {
        var builder = new GraphBuilder(18, irVersion: 10);
        var given = inputs(builder, builder.Input("x", ElementType.Float32, 2, 3));
        var made = builder.Node(opType, given, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal));
        builder.Output(made, "y");
        var types = ShapeInference.Run(builder.Model);
        types.Set(made, new TensorType(ElementType.Float32, Shape.Of(dims)));
        return GradientPaths.Of(builder.Model.Graph, types, [made]).Obstacles.ShouldHaveSingleItem().Reason;
    }
}
