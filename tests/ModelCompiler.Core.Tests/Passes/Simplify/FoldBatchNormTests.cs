using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class FoldBatchNormTests
{
    private readonly Random _random = new(1);

    [Fact]
    public void FoldsIntoConv()
    {
        var builder = Graph(out var x, 1, 3, 8, 8);
        var conv = builder.Node("Conv", [x, Weight(builder, 4, 3, 3, 3)]);
        builder.Output(Norm(builder, conv, 4), "y");

        PassTest.Run(new FoldBatchNorm(), builder).Leaves("Conv");
    }

    [Fact]
    public void FoldsIntoGroupedConvWithBias()
    {
        var builder = Graph(out var x, 1, 4, 8, 8);
        var conv = builder.Node("Conv", [x, Weight(builder, 6, 2, 3, 3), Weight(builder, 6)], Of(("group", 2)));
        builder.Output(Norm(builder, conv, 6), "y");

        PassTest.Run(new FoldBatchNorm(), builder).Leaves("Conv");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void FoldsIntoConvTranspose(long groups)
    {
        var builder = Graph(out var x, 1, 4, 5, 5);
        var conv = builder.Node("ConvTranspose", [x, Weight(builder, 4, 3, 2, 2)], Of(("group", groups), ("strides", new[] { 2L, 2L })));
        builder.Output(Norm(builder, conv, 3 * (int)groups), "y");

        PassTest.Run(new FoldBatchNorm(), builder).Leaves("ConvTranspose");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void FoldsIntoGemmAndItsScales(long transB)
    {
        var builder = Graph(out var x, 2, 5);
        var weight = transB == 0 ? Weight(builder, 5, 7) : Weight(builder, 7, 5);
        var gemm = builder.Node("Gemm", [x, weight, Weight(builder, 7)], Of(("transB", transB), ("alpha", 0.5f), ("beta", 2f)));
        builder.Output(Norm(builder, gemm, 7), "y");

        PassTest.Run(new FoldBatchNorm(), builder).Leaves("Gemm");
    }

    [Fact]
    public void FoldsIntoGemmWithoutBias()
    {
        var builder = Graph(out var x, 2, 5);
        builder.Output(Norm(builder, builder.Node("Gemm", [x, Weight(builder, 5, 7)]), 7), "y");

        PassTest.Run(new FoldBatchNorm(), builder).Leaves("Gemm");
    }

    [Fact]
    public void TurnsMatMulIntoGemm()
    {
        var builder = Graph(out var x, 2, 5);
        builder.Output(Norm(builder, builder.Node("MatMul", [x, Weight(builder, 5, 7)]), 7), "y");

        PassTest.Run(new FoldBatchNorm(), builder).Leaves("Gemm");
    }

    [Fact]
    public void LeavesSharedConvAlone()
    {
        var builder = Graph(out var x, 1, 3, 8, 8);
        var conv = builder.Node("Conv", [x, Weight(builder, 4, 3, 3, 3)]);
        builder.Output(Norm(builder, conv, 4), "y").Output(conv, "raw");

        PassTest.Run(new FoldBatchNorm(), builder).Declines().Context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("other readers");
    }

    [Fact]
    public void LeavesSharedWeightAlone()
    {
        var builder = Graph(out var x, 1, 3, 8, 8);
        var weight = Weight(builder, 3, 3, 1, 1);
        var first = builder.Node("Conv", [x, weight]);
        builder.Output(Norm(builder, builder.Node("Conv", [first, weight]), 3), "y");

        PassTest.Run(new FoldBatchNorm(), builder).Declines().Context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("shared");
    }

    [Fact]
    public void LeavesTrainingModeAlone()
    {
        var builder = Graph(out var x, 1, 3, 8, 8);
        var conv = builder.Node("Conv", [x, Weight(builder, 4, 3, 3, 3)]);
        builder.Output(Norm(builder, conv, 4, ("training_mode", 1L)), "y");

        PassTest.Run(new FoldBatchNorm(), builder).Declines().Context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("training");
    }

    [Fact]
    public void LeavesMatMulOfThreeAxesAlone()
    {
        var builder = Graph(out var x, 2, 4, 5);
        builder.Output(Norm(builder, builder.Node("MatMul", [x, Weight(builder, 5, 7)]), 4), "y");

        PassTest.Run(new FoldBatchNorm(), builder).Declines();
    }

    [Fact]
    public void LeavesComputedWeightAlone()
    {
        var builder = Graph(out var x, 1, 3, 8, 8);
        var weight = builder.Input("w", ElementType.Float32, 4, 3, 3, 3);
        builder.Output(Norm(builder, builder.Node("Conv", [x, weight]), 4), "y");

        PassTest.Run(new FoldBatchNorm(), builder).Declines();
    }

    private static GraphBuilder Graph(out Value x, params long[] shape)
    {
        var builder = new GraphBuilder(opset: 17);
        x = builder.Input("x", ElementType.Float32, shape);
        return builder;
    }

    private Value Weight(GraphBuilder builder, params long[] dims) => builder.Initializer("w", RandomTensors.Floats(_random, dims));

    private Value Norm(GraphBuilder builder, Value input, int channels, params (string, AttributeValue)[] attributes)
    {
        var variance = Tensor.Vector<float>([.. Enumerable.Range(1, channels).Select(i => i * 0.3f)]);
        Value[] parameters = [Weight(builder, channels), Weight(builder, channels), Weight(builder, channels), builder.Initializer("variance", variance)];
        return builder.Node("BatchNormalization", [input, .. parameters], Of(attributes));
    }
}
