using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class FoldMulAddTests
{
    private readonly Random _random = new(2);

    [Theory]
    [InlineData("Mul", true)]
    [InlineData("Add", true)]
    [InlineData("Sub", true)]
    [InlineData("Div", true)]
    [InlineData("Mul", false)]
    [InlineData("Add", false)]
    [InlineData("Sub", false)]
    public void FoldsAConstantAChannelIntoConv(string op, bool constantSecond)
    {
        var builder = Image(out var x);
        var conv = builder.Node("Conv", [x, Weight(builder, 4, 3, 3, 3), Weight(builder, 4)]);
        var constant = Weight(builder, 4, 1, 1);
        builder.Output(builder.Node(op, constantSecond ? [conv, constant] : [constant, conv]), "y");

        PassTest.Run(new FoldMulAdd(), builder).Leaves("Conv");
    }

    [Fact]
    public void FoldsAScalarIntoConvTranspose()
    {
        var builder = Image(out var x);
        var conv = builder.Node("ConvTranspose", [x, Weight(builder, 3, 2, 3, 3)]);
        builder.Output(builder.Node("Mul", [conv, Weight(builder)]), "y");

        PassTest.Run(new FoldMulAdd(), builder).Leaves("ConvTranspose");
    }

    [Fact]
    public void FoldsARowIntoGemm()
    {
        var builder = Rows(out var x, 2, 5);
        var gemm = builder.Node("Gemm", [x, Weight(builder, 5, 7), Weight(builder)], Of(("beta", 3f)));
        builder.Output(builder.Node("Add", [gemm, Weight(builder, 1, 7)]), "y");

        PassTest.Run(new FoldMulAdd(), builder).Leaves("Gemm");
    }

    [Fact]
    public void FoldsAScaleIntoMatMulOfThreeAxes()
    {
        var builder = Rows(out var x, 2, 4, 5);
        builder.Output(builder.Node("Mul", [builder.Node("MatMul", [x, Weight(builder, 5, 7)]), Weight(builder, 7)]), "y");

        PassTest.Run(new FoldMulAdd(), builder).Leaves("MatMul");
    }

    [Fact]
    public void TurnsMatMulAndAddIntoGemm()
    {
        var builder = Rows(out var x, 2, 5);
        builder.Output(builder.Node("Add", [builder.Node("MatMul", [x, Weight(builder, 5, 7)]), Weight(builder, 7)]), "y");

        PassTest.Run(new FoldMulAdd(), builder).Leaves("Gemm");
    }

    [Fact]
    public void LeavesMatMulOfThreeAxesAndAddAlone()
    {
        var builder = Rows(out var x, 2, 4, 5);
        builder.Output(builder.Node("Add", [builder.Node("MatMul", [x, Weight(builder, 5, 7)]), Weight(builder, 7)]), "y");

        PassTest.Run(new FoldMulAdd(), builder).Declines();
    }

    [Fact]
    public void LeavesAConstantThatVariesOverPixelsAlone()
    {
        var builder = Image(out var x);
        var conv = builder.Node("Conv", [x, Weight(builder, 4, 3, 3, 3)]);
        builder.Output(builder.Node("Mul", [conv, Weight(builder, 6, 6)]), "y");

        PassTest.Run(new FoldMulAdd(), builder).Declines();
    }

    [Fact]
    public void LeavesAConstantThatBroadcastsTheOutputAlone()
    {
        var builder = Rows(out var x, 1, 5);
        builder.Output(builder.Node("Add", [builder.Node("Gemm", [x, Weight(builder, 5, 1)]), Weight(builder, 1, 7)]), "y");

        PassTest.Run(new FoldMulAdd(), builder).Declines();
    }

    [Fact]
    public void LeavesDivisionByZeroAlone()
    {
        var builder = Image(out var x);
        var conv = builder.Node("Conv", [x, Weight(builder, 4, 3, 3, 3)]);
        builder.Output(builder.Node("Div", [conv, builder.Initializer("zero", Tensor.Scalar(0f))]), "y");

        PassTest.Run(new FoldMulAdd(), builder).Declines();
    }

    [Fact]
    public void LeavesAScaleThatTheCallerGivesAlone()
    {
        var builder = Image(out var x);
        var conv = builder.Node("Conv", [x, Weight(builder, 4, 3, 3, 3)]);
        builder.Output(builder.Node("Mul", [conv, builder.Input("scale", ElementType.Float32, 4, 1, 1)]), "y");

        PassTest.Run(new FoldMulAdd(), builder).Declines();
    }

    private static GraphBuilder Image(out Value x) => Rows(out x, 1, 3, 8, 8);

    private static GraphBuilder Rows(out Value x, params long[] shape)
    {
        var builder = new GraphBuilder(opset: 17);
        x = builder.Input("x", ElementType.Float32, shape);
        return builder;
    }

    private Value Weight(GraphBuilder builder, params long[] dims) => builder.Initializer("w", RandomTensors.Floats(_random, dims));
}
