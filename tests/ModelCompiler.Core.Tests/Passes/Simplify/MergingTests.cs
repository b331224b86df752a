using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class MergingTests
{
    [Fact]
    public void EqualInitializersBecomeOne()
    {
        var builder = Graph(out var x);
        var sum = builder.Node("Add", [x, builder.Initializer("a", Tensor.Vector(1f, 2f, 3f))]);
        builder.Output(builder.Node("Mul", [sum, builder.Initializer("b", Tensor.Vector(1f, 2f, 3f))]), "y");

        PassTest.Run(new MergeDuplicateInitializers(), builder).SameOutputs().Rewritten.Graph.Initializers.ShouldHaveSingleItem();
    }

    [Fact]
    public void InitializersOfOtherBytesTypesOrShapesStay()
    {
        var builder = Graph(out var x);
        var sum = builder.Node("Add", [x, builder.Initializer("a", Tensor.Vector(0f, 0f, 0f))]);
        var reshaped = builder.Node("Add", [sum, builder.Initializer("b", Tensor.Of([0f, 0f, 0f], 1, 3))]);
        var negative = builder.Node("Add", [reshaped, builder.Initializer("c", Tensor.Vector(0f, 0f, -0f))]);
        var index = builder.Initializer("d", Tensor.Vector(0, 0, 0));
        builder.Output(builder.Node("Gather", [negative, index], Of(("axis", 1L))), "y");

        PassTest.Run(new MergeDuplicateInitializers(), builder).Declines();
    }

    [Fact]
    public void EqualNodesBecomeOne()
    {
        var builder = Graph(out var x);
        builder.Output(builder.Node("Add", [builder.Node("Relu", [x]), builder.Node("Exp", [builder.Node("Relu", [x])])]), "y");

        PassTest.Run(new MergeCommonSubexpressions(), builder).Leaves("Relu", "Exp", "Add");
    }

    [Fact]
    public void WholeEqualBranchesBecomeOne()
    {
        var builder = Graph(out var x);
        Value Branch() => builder.Node("LeakyRelu", [builder.Node("Exp", [x])], Of(("alpha", 0.2f)));
        builder.Output(builder.Node("Add", [Branch(), Branch()]), "y");

        PassTest.Run(new MergeCommonSubexpressions(), builder).Leaves("Exp", "LeakyRelu", "Add");
    }

    [Fact]
    public void NodesOfOtherAttributesStay()
    {
        var builder = Graph(out var x);
        var a = builder.Node("LeakyRelu", [x], Of(("alpha", 0.1f)));
        var b = builder.Node("LeakyRelu", [x], Of(("alpha", 0.2f)));
        builder.Output(builder.Node("Add", [a, b]), "y");

        PassTest.Run(new MergeCommonSubexpressions(), builder).Declines();
    }

    [Fact]
    public void RandomNodesStay()
    {
        var builder = Graph(out var x);
        Value Noise() => builder.Node("RandomNormalLike", [x]);
        builder.Output(builder.Node("Sub", [Noise(), Noise()]), "y");

        PassTest.Run(new MergeCommonSubexpressions(), builder).Declines();
    }

    [Fact]
    public void TwoOutputsOfTheGraphStayTwo()
    {
        var builder = Graph(out var x);
        builder.Output(builder.Node("Relu", [x]), "y").Output(builder.Node("Relu", [x]), "z");

        PassTest.Run(new MergeCommonSubexpressions(), builder).Declines();
    }

    private static GraphBuilder Graph(out Value x)
    {
        var builder = new GraphBuilder(opset: 17);
        x = builder.Input("x", ElementType.Float32, 2, 3);
        return builder;
    }
}
