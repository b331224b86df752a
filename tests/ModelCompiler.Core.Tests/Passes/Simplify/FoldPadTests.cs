using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class FoldPadTests
{
    private static readonly long[] Around = [0, 0, 1, 2, 0, 0, 1, 0];

    [Theory]
    [InlineData("NOTSET")]
    [InlineData("VALID")]
    public void FoldsZerosIntoConv(string autoPad)
    {
        var builder = Image(out var x);
        builder.Output(builder.Node("Conv", [Pad(builder, x, Around, 0), Weight(builder)], Of(("auto_pad", autoPad))), "y");

        PassTest.Run(new FoldPad(), builder).Leaves("Conv");
    }

    [Fact]
    public void AddsToTheConvsOwnPads()
    {
        var builder = Image(out var x);
        builder.Output(builder.Node("Conv", [Pad(builder, x, Around, 0), Weight(builder)], Of(("pads", new[] { 1L, 0, 0, 3 }))), "y");

        PassTest.Run(new FoldPad(), builder).Leaves("Conv");
    }

    [Fact]
    public void FoldsTheAttributesOfOldOperatorSets()
    {
        var builder = Image(out var x, opset: 9);
        var pad = builder.Node("Pad", [x], Of(("pads", Around), ("mode", "constant")));
        builder.Output(builder.Node("Conv", [pad, Weight(builder)]), "y");

        PassTest.Run(new FoldPad(), builder).Leaves("Conv");
    }

    [Fact]
    public void FoldsZerosIntoAveragePoolThatThenCountsThem()
    {
        var builder = Image(out var x);
        builder.Output(builder.Node("AveragePool", [Pad(builder, x, Around, 0)], Of(("kernel_shape", new[] { 3L, 3L }))), "y");

        PassTest.Run(new FoldPad(), builder).Leaves("AveragePool");
    }

    [Fact]
    public void FoldsTheLowestFloatIntoMaxPool()
    {
        var builder = Image(out var x);
        builder.Output(builder.Node("MaxPool", [Pad(builder, x, Around, float.NegativeInfinity)], Of(("kernel_shape", new[] { 3L, 3L }))), "y");

        PassTest.Run(new FoldPad(), builder).Leaves("MaxPool");
    }

    [Fact]
    public void LeavesZerosBeforeMaxPoolAlone()
    {
        var builder = Image(out var x);
        builder.Output(builder.Node("MaxPool", [Pad(builder, x, Around, 0)], Of(("kernel_shape", new[] { 3L, 3L }))), "y");

        PassTest.Run(new FoldPad(), builder).Declines();
    }

    [Fact]
    public void LeavesAnAveragePoolAloneThatDoesNotCountItsOwnPads()
    {
        var builder = Image(out var x);
        var attributes = Of(("kernel_shape", new[] { 3L, 3L }), ("pads", new[] { 1L, 1, 1, 1 }));
        builder.Output(builder.Node("AveragePool", [Pad(builder, x, Around, 0)], attributes), "y");

        PassTest.Run(new FoldPad(), builder).Declines();
    }

    [Theory]
    [InlineData(new long[] { 0, 1, 0, 0, 0, 0, 0, 0 }, 0f, "constant")]
    [InlineData(new long[] { 0, 0, -1, 0, 0, 0, 0, 0 }, 0f, "constant")]
    [InlineData(new long[] { 0, 0, 1, 1, 0, 0, 1, 1 }, 0.5f, "constant")]
    [InlineData(new long[] { 0, 0, 1, 1, 0, 0, 1, 1 }, 0f, "reflect")]
    public void LeavesPadsThatConvCannotMakeAlone(long[] pads, float value, string mode)
    {
        var builder = Image(out var x);
        var channels = 3 + pads[1];
        var weight = builder.Initializer("w", RandomTensors.Floats(new Random(3), 2, channels, 3, 3));
        builder.Output(builder.Node("Conv", [Pad(builder, x, pads, value, mode), weight]), "y");

        PassTest.Run(new FoldPad(), builder).Declines();
    }

    [Fact]
    public void LeavesAConvAloneThatPadsByItself()
    {
        var builder = Image(out var x);
        builder.Output(builder.Node("Conv", [Pad(builder, x, Around, 0), Weight(builder)], Of(("auto_pad", "SAME_UPPER"))), "y");

        PassTest.Run(new FoldPad(), builder).Declines();
    }

    [Fact]
    public void LeavesAPadThatOthersReadAlone()
    {
        var builder = Image(out var x);
        var pad = Pad(builder, x, Around, 0);
        builder.Output(builder.Node("Conv", [pad, Weight(builder)]), "y").Output(pad, "padded");

        PassTest.Run(new FoldPad(), builder).Declines();
    }

    private static GraphBuilder Image(out Value x, long opset = 17)
    {
        var builder = new GraphBuilder(opset);
        x = builder.Input("x", ElementType.Float32, 1, 3, 9, 9);
        return builder;
    }

    private static Value Weight(GraphBuilder builder) => builder.Initializer("w", RandomTensors.Floats(new Random(3), 2, 3, 3, 3));

    private static Value Pad(GraphBuilder builder, Value x, long[] pads, float value, string mode = "constant") => builder.Node(
        "Pad", [x, builder.Initializer("pads", Tensor.Vector<long>(pads)), builder.Initializer("value", Tensor.Scalar(value))], Of(("mode", mode)));
}
