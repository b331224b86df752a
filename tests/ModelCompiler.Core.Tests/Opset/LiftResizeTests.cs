using ModelCompiler.Graphs;
using static ModelCompiler.Tests.Opset.Lifting;

namespace ModelCompiler.Tests.Opset;

public sealed class LiftResizeTests
{
    [Theory]
    [InlineData(7, "nearest", 2f)]
    [InlineData(7, "linear", 2f)]
    [InlineData(9, "nearest", 1.5f)]
    [InlineData(9, "linear", 1.5f)]
    public void TurnsUpsampleIntoResize(long opset, string mode, float scale)
    {
        var x = Noise(1, 2, 4, 5);
        float[] scales = [1, 1, scale, scale];
        var model = opset < 9
            ? OfOneNode(opset, "Upsample", x, new Attributes { ["mode"] = mode, ["scales"] = scales })
            : OfOneNode(opset, "Upsample", x, new Attributes { ["mode"] = mode }, Tensor.Vector<float>(scales));

        LiftsTo(13, model, x).Graph.Nodes.ShouldHaveSingleItem().OpType.ShouldBe("Resize");
    }

    [Theory]
    [InlineData("nearest", 2f)]
    [InlineData("nearest", 0.6f)]
    [InlineData("nearest", 2.5f)]
    [InlineData("linear", 1.7f)]
    [InlineData("linear", 0.5f)]
    public void SaysHowAnOlderResizeRounds(string mode, float scale)
    {
        var x = Noise(1, 1, 7, 6);
        var model = OfOneNode(10, "Resize", x, new Attributes { ["mode"] = mode }, Tensor.Vector(1f, 1, scale, scale));

        LiftsTo(11, model, x);
        LiftsTo(18, model, x).Graph.Nodes.ShouldHaveSingleItem().Input(1).ShouldBeNull();
    }

    [Fact]
    public void RefusesToGuessWhenOneAxisGrowsAndAnotherShrinks()
    {
        var model = OfOneNode(10, "Resize", Noise(1, 1, 4, 4), new Attributes { ["mode"] = "nearest" }, Tensor.Vector(1f, 1, 2, 0.5f));

        RefusesToLift(11, model).Diagnostic.Message.ShouldContain("enlarges one axis");
    }
}
