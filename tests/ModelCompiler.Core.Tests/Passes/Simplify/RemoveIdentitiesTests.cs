using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class RemoveIdentitiesTests
{
    public static TheoryData<string, Func<GraphBuilder, Value, Value>> ThatChangeNothing => new()
    {
        { "Identity", (b, x) => b.Node("Identity", [x]) },
        { "Dropout", (b, x) => b.Node("Dropout", [x]) },
        { "Dropout that is told not to train", (b, x) => b.Node("Dropout", [x, null, b.Initializer("t", Tensor.Scalar(false))]) },
        { "Cast to the same type", (b, x) => b.Node("Cast", [x], Of(("to", 1L))) },
        { "Reshape to the same shape", (b, x) => b.Node("Reshape", [x, Longs(b, 0, -1, 4)]) },
        { "Transpose that keeps the order", (b, x) => b.Node("Transpose", [x], Of(("perm", new[] { 0L, 1, 2 }))) },
        { "Pad by nothing", (b, x) => b.Node("Pad", [x, Longs(b, 0, 0, 0, 0, 0, 0)]) },
        { "Slice of everything", (b, x) => b.Node("Slice", [x, Longs(b, 0), Longs(b, long.MaxValue), Longs(b, 1)]) },
        { "Concat of one", (b, x) => b.Node("Concat", [x], Of(("axis", 1L))) },
        { "Sum of one", (b, x) => b.Node("Sum", [x]) },
        { "Expand to a smaller shape", (b, x) => b.Node("Expand", [x, Longs(b, 1, 4)]) },
        { "Tile once", (b, x) => b.Node("Tile", [x, Longs(b, 1, 1, 1)]) },
        { "adding zero", (b, x) => b.Node("Add", [b.Initializer("z", Tensor.Scalar(0f)), x]) },
        { "multiplying by ones", (b, x) => b.Node("Mul", [x, b.Initializer("o", Tensor.Vector(1f, 1f, 1f, 1f))]) },
        { "dividing by one", (b, x) => b.Node("Div", [x, b.Initializer("o", Tensor.Scalar(1f))]) },
    };

    public static TheoryData<string, Func<GraphBuilder, Value, Value>> ThatChangeSomething => new()
    {
        { "Dropout that trains", (b, x) => b.Node("Dropout", [x, null, b.Initializer("t", Tensor.Scalar(true))], Of(("seed", 1L))) },
        { "Cast to another type", (b, x) => b.Node("Cast", [x], Of(("to", 11L))) },
        { "Reshape to another shape", (b, x) => b.Node("Reshape", [x, Longs(b, 2, 4, 3)]) },
        { "Transpose of the axes", (b, x) => b.Node("Transpose", [x], Of(("perm", new[] { 1L, 0, 2 }))) },
        { "Transpose without an order", (b, x) => b.Node("Transpose", [x]) },
        { "Pad", (b, x) => b.Node("Pad", [x, Longs(b, 0, 0, 1, 0, 0, 0)]) },
        { "Slice backwards", (b, x) => b.Node("Slice", [x, Longs(b, -1), Longs(b, long.MinValue), Longs(b, 1), Longs(b, -1)]) },
        { "Slice of a part", (b, x) => b.Node("Slice", [x, Longs(b, 1), Longs(b, 3), Longs(b, 1)]) },
        { "Concat of two", (b, x) => b.Node("Concat", [x, x], Of(("axis", 1L))) },
        { "adding zeros that broadcast", (b, x) => b.Node("Add", [x, b.Initializer("z", Tensor.Of(new float[2], 2, 1, 1, 1))]) },
        { "subtracting from zero", (b, x) => b.Node("Sub", [b.Initializer("z", Tensor.Scalar(0f)), x]) },
        { "dividing one", (b, x) => b.Node("Div", [b.Initializer("o", Tensor.Scalar(1f)), x]) },
        { "Expand to a larger shape", (b, x) => b.Node("Expand", [x, Longs(b, 2, 2, 3, 4)]) },
    };

    [Theory]
    [MemberData(nameof(ThatChangeNothing), DisableDiscoveryEnumeration = true)]
    public void RemovesWhatChangesNothing(string what, Func<GraphBuilder, Value, Value> node) =>
        PassTest.Run(new RemoveIdentities(), Between(node)).Leaves("Relu", "Exp").Context.Log.Count.ShouldBe(1, what);

    [Theory]
    [MemberData(nameof(ThatChangeSomething), DisableDiscoveryEnumeration = true)]
    public void LeavesWhatChangesSomething(string what, Func<GraphBuilder, Value, Value> node)
    {
        what.ShouldNotBeEmpty();
        PassTest.Run(new RemoveIdentities(), Between(node)).Declines().Operators.Count.ShouldBe(3);
    }

    [Fact]
    public void TheGraphsOutputKeepsItsName()
    {
        var builder = Graph(out var x);
        builder.Output(builder.Node("Identity", [builder.Node("Relu", [x])]), "y");

        PassTest.Run(new RemoveIdentities(), builder).Leaves("Relu").Rewritten.Graph.Outputs[0].Name.ShouldBe("y");
    }

    [Fact]
    public void AnInputThatIsAlsoTheOutputStaysBehindItsIdentity()
    {
        var builder = Graph(out var x);
        builder.Output(builder.Node("Identity", [x]), "y");

        PassTest.Run(new RemoveIdentities(), builder).Leaves("Identity");
    }

    [Fact]
    public void DropoutStaysWhereItsMaskIsRead()
    {
        var builder = Graph(out var x);
        var made = builder.Nodes("Dropout", [builder.Node("Relu", [x])], 2);
        builder.Output(builder.Node("Exp", [made[0]]), "y").Output(made[1], "mask");

        PassTest.Run(new RemoveIdentities(), builder).Leaves("Relu", "Dropout", "Exp");
    }

    [Fact]
    public void ReshapeThatKeepsANamedSizeIsRemoved()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(3)])));
        var reshaped = builder.Node("Reshape", [builder.Node("Relu", [x]), Longs(builder, 0, 3)]);
        builder.Output(builder.Node("Exp", [reshaped]), "y");

        PassTest.Run(new RemoveIdentities(), builder).Leaves("Relu", "Exp");
    }

    private static GraphBuilder Between(Func<GraphBuilder, Value, Value> node)
    {
        var builder = Graph(out var x);
        builder.Output(builder.Node("Exp", [node(builder, builder.Node("Relu", [x]))]), "y");
        return builder;
    }

    private static GraphBuilder Graph(out Value x)
    {
        var builder = new GraphBuilder(opset: 17);
        x = builder.Input("x", ElementType.Float32, 2, 3, 4);
        return builder;
    }

    private static Value Longs(GraphBuilder builder, params long[] values) => builder.Initializer("i", Tensor.Vector<long>(values));
}
