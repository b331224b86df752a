using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class CascadePoolsTests
{
    private readonly GraphBuilder _builder = new(opset: 13);

    [Fact]
    public void ReadsOnePoolAfterTheOther()
    {
        var x = _builder.Input("x", ElementType.Float32, 1, 2, 7, 8);
        var pools = new[] { 9L, 5, 13 }.Select(kernel => Pool(x, [kernel, kernel], [kernel / 2, kernel / 2, kernel / 2, kernel / 2])).ToArray();
        _builder.Output(_builder.Node("Concat", [x, .. pools], Of(("axis", 1L))), "y");

        var rewritten = PassTest.Run(new CascadePools(), _builder).Leaves("MaxPool", "MaxPool", "MaxPool", "Concat").Rewritten.Graph;

        rewritten.NodesOf("MaxPool").ShouldAllBe(pool => pool.GetInts("kernel_shape")!.SequenceEqual(new[] { 5L, 5 }));
        rewritten.NodesOf("MaxPool")[0].Output.Consumers.Count().ShouldBe(2);
    }

    [Fact]
    public void HandlesPadsThatDifferAtEachSide()
    {
        var x = _builder.Input("x", ElementType.Float32, 1, 2, 6, 9);
        _builder.Output(Pool(x, [2, 3], [1, 1, 0, 1]), "small");
        _builder.Output(Pool(x, [5, 3], [3, 1, 1, 1]), "large");

        PassTest.Run(new CascadePools(), _builder).SameOutputs().Rewritten.Graph.NodesOf("MaxPool")
            .ShouldContain(pool => pool.Inputs[0]!.Producer != null && pool.GetInts("kernel_shape")!.SequenceEqual(new[] { 4L, 1 }));
    }

    [Fact]
    public void LeavesPoolsAloneThatDoNotContainEachOtherOrShrink()
    {
        var x = _builder.Input("x", ElementType.Float32, 1, 2, 8, 8);
        _builder.Output(Pool(x, [3, 3], [2, 1, 0, 1]), "shifted");
        _builder.Output(Pool(x, [5, 5], [1, 2, 3, 2]), "other");
        _builder.Output(Pool(x, [3, 3], [0, 0, 0, 0]), "smaller");
        _builder.Output(_builder.Node("MaxPool", [x], Of(("kernel_shape", new[] { 5L, 5 }), ("pads", new[] { 2L, 2, 2, 2 }), ("strides", new[] { 2L, 2 }))), "strided");

        PassTest.Run(new CascadePools(), _builder).Declines();
    }

    private Value Pool(Value x, long[] kernel, long[] pads) => _builder.Node("MaxPool", [x], Of(("kernel_shape", kernel), ("pads", pads)));
}
