using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using static ModelCompiler.Tests.Opset.Lifting;

namespace ModelCompiler.Tests.Opset;

public sealed class LiftSoftmaxTests
{
    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    [InlineData("Hardmax")]
    public void WritesOutSeveralAxesTakenAsOne(string opType)
    {
        var x = Noise(2, 3, 4);
        LiftsTo(13, OfOneNode(7, opType, x), x).Graph.Nodes.Select(node => node.OpType).ShouldBe(["Flatten", opType, "Shape", "Reshape"], ignoreOrder: true);
    }

    [Fact]
    public void KeepsOneNodeWhereTheOtherAxesHaveOneElement()
    {
        var x = Noise(1, 10, 1, 1);
        LiftsTo(13, OfOneNode(7, "Softmax", x), x).Graph.Nodes.ShouldHaveSingleItem().GetInt("axis", -1).ShouldBe(1);
    }

    [Fact]
    public void KeepsOneNodeForTheLastAxis()
    {
        var x = Noise(2, 3, 4);
        LiftsTo(13, OfOneNode(7, "Softmax", x, new Attributes { ["axis"] = 2L }), x).Graph.Nodes.ShouldHaveSingleItem().GetInt("axis", 0).ShouldBe(2);
    }

    [Fact]
    public void WorksWithoutAnyKnownShape()
    {
        var builder = new GraphBuilder(11);
        var x = builder.Input("x", new TensorType(ElementType.Float32, null));
        builder.Output(builder.Node("Softmax", [x]), "y", new TensorType(ElementType.Float32, null));

        LiftsTo(13, builder.Model, Noise(2, 3, 4));
    }
}
