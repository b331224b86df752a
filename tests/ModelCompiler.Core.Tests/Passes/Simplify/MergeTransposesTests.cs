using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class MergeTransposesTests
{
    private static readonly long[] Order = [0, 2, 1];

    [Fact]
    public void TransposesOfTwoFunctionsBecomeOneOfTheirOperand()
    {
        var builder = Graph(out var x);
        var half = Transposed(builder, builder.Node("Mul", [Number(builder), x]));
        builder.Output(builder.Node("Add", [half, Transposed(builder, builder.Node("Erf", [x]))]), "y");

        PassTest.Run(new MergeTransposes(), builder).SameOutputs().Operators.Order(StringComparer.Ordinal).ShouldBe(["Add", "Erf", "Mul", "Transpose"]);
    }

    [Fact]
    public void OutputsKeepTheirNamesAndShapes()
    {
        var builder = Graph(out var x);
        var type = new TensorType(ElementType.Float32, Shape.Of(2, 4, 3));
        builder.Output(Transposed(builder, builder.Node("Relu", [x])), "y", type).Output(Transposed(builder, builder.Node("Sub", [Number(builder), x])), "z", type);

        var rewritten = PassTest.Run(new MergeTransposes(), builder).SameOutputs().Rewritten;
        rewritten.Graph.Nodes.Count.ShouldBe(3);
        rewritten.Graph.Outputs.ShouldAllBe(output => output.Type == type);
    }

    [Fact]
    public void OneTransposeStaysWhereItIs()
    {
        var builder = Graph(out var x);
        builder.Output(Transposed(builder, builder.Node("Relu", [x])), "y");

        PassTest.Run(new MergeTransposes(), builder).Declines();
    }

    [Fact]
    public void OtherOrdersAreOtherTransposes()
    {
        var builder = Graph(out var x);
        var there = builder.Node("Transpose", [builder.Node("Relu", [x])], Of(("perm", new[] { 2L, 1, 0 })));
        builder.Output(Transposed(builder, builder.Node("Tanh", [x])), "y").Output(there, "z");

        PassTest.Run(new MergeTransposes(), builder).Declines();
    }

    [Fact]
    public void AFunctionThatOthersReadStays()
    {
        var builder = Graph(out var x);
        var relu = builder.Node("Relu", [x]);
        builder.Output(Transposed(builder, relu), "y").Output(Transposed(builder, builder.Node("Tanh", [x])), "z").Output(relu, "relu");

        PassTest.Run(new MergeTransposes(), builder).Declines();
    }

    [Fact]
    public void ConstantsWithAxesOfTheirOwnStay()
    {
        var builder = Graph(out var x);
        var row = builder.Initializer("row", Tensor.Vector(1f, 2, 3, 4));
        builder.Output(Transposed(builder, builder.Node("Mul", [x, row])), "y").Output(Transposed(builder, builder.Node("Tanh", [x])), "z");

        PassTest.Run(new MergeTransposes(), builder).Declines();
    }

    [Fact]
    public void AFunctionOfTheWholeAxisStays()
    {
        var builder = Graph(out var x);
        builder.Output(Transposed(builder, builder.Node("Softmax", [x])), "y").Output(Transposed(builder, builder.Node("Tanh", [x])), "z");

        PassTest.Run(new MergeTransposes(), builder).Declines();
    }

    private static GraphBuilder Graph(out Value x)
    {
        var builder = new GraphBuilder(opset: 17);
        x = builder.Input("x", ElementType.Float32, 2, 3, 4);
        return builder;
    }

    private static Value Number(GraphBuilder builder) => builder.Initializer("c", Tensor.Scalar(0.5f));

    private static Value Transposed(GraphBuilder builder, Value x) => builder.Node("Transpose", [x], Of(("perm", Order)));
}
