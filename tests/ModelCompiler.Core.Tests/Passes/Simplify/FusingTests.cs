using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class FusingTests
{
    [Fact]
    public void TwoTransposesBecomeOne()
    {
        var builder = Graph(out var x);
        var first = builder.Node("Transpose", [x], Of(("perm", new[] { 1L, 2, 0 })));
        builder.Output(builder.Node("Transpose", [first], Of(("perm", new[] { 0L, 2, 1 }))), "y");

        PassTest.Run(new FuseTransposes(), builder).Leaves("Transpose");
    }

    [Fact]
    public void ATransposeThatOthersReadStays()
    {
        var builder = Graph(out var x);
        var first = builder.Node("Transpose", [x], Of(("perm", new[] { 1L, 2, 0 })));
        builder.Output(builder.Node("Transpose", [first], Of(("perm", new[] { 0L, 2, 1 }))), "y").Output(first, "z");

        PassTest.Run(new FuseTransposes(), builder).Declines();
    }

    [Fact]
    public void AReshapeReadsWhatTheReshapeBeforeItRead()
    {
        var builder = Graph(out var x);
        builder.Output(Reshape(builder, Reshape(builder, x, 6, 4), 4, -1), "y");

        PassTest.Run(new FuseReshapes(), builder).Leaves("Reshape");
    }

    [Fact]
    public void AZeroIsSpelledOut()
    {
        var builder = Graph(out var x);
        builder.Output(Reshape(builder, Reshape(builder, x, 6, 4), 0, 2, 2), "y");

        PassTest.Run(new FuseReshapes(), builder).Leaves("Reshape");
    }

    [Fact]
    public void FlattenAndUnsqueezeBecomeAReshape()
    {
        var builder = Graph(out var x);
        var flat = builder.Node("Flatten", [x]);
        builder.Output(builder.Node("Unsqueeze", [flat, builder.Initializer("axes", Tensor.Vector(0L))]), "y");

        PassTest.Run(new FuseReshapes(), builder).Leaves("Reshape");
    }

    [Fact]
    public void AZeroOfAnOpenSizeStaysWithTheReshapeBefore()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("a"), Dimension.Named("b"), Dimension.Of(4)])));
        builder.Output(Reshape(builder, builder.Node("Transpose", [Reshape(builder, x, 0, 0, 2, 2)], Of(("perm", new[] { 0L, 1, 3, 2 }))), 0, 0, 4), "y");
        PassTest.Run(new FuseReshapes(), builder).Declines();

        var open = new GraphBuilder(opset: 17);
        x = open.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("a"), Dimension.Named("b"), Dimension.Of(4)])));
        open.Output(Reshape(open, Reshape(open, x, 0, 0, 2, 2), 0, 0, 4, 1), "y");
        PassTest.Run(new FuseReshapes(), open).Declines();
    }

    private static Value Reshape(GraphBuilder builder, Value x, params long[] shape) =>
        builder.Node("Reshape", [x, builder.Initializer("shape", Tensor.Vector<long>(shape))]);

    private static GraphBuilder Graph(out Value x)
    {
        var builder = new GraphBuilder(opset: 17);
        x = builder.Input("x", ElementType.Float32, 2, 3, 4);
        return builder;
    }
}
