using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class FoldFocusTests
{
    /// <summary>The places of a 2 × 2 grid in the order that YOLOX joins them: down, then right.</summary>
    private static readonly (long Y, long X)[] Places = [(0, 0), (1, 0), (0, 1), (1, 1)];

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(5, 3, 2)]
    public void FoldsFourQuartersIntoAConvOfTwiceTheKernel(long kernel, long stride, long pad)
    {
        var builder = Image(out var x, 3, 12, 16);
        var parts = Places.Select(place => Slice(builder, x, (2, place.Y, 2), (3, place.X, 2)));
        builder.Output(Conv(builder, builder.Node("Concat", [.. parts], Channels), 12, kernel, stride, [pad, pad, pad, pad]), "y");

        var folded = PassTest.Run([new FoldFocus(), new RemoveDeadNodes()], builder.Model).Leaves("Conv").Rewritten.Graph.Nodes[0];
        folded.Inputs[1]!.Constant!.Dims.ToArray().ShouldBe([5, 3, 2 * kernel, 2 * kernel]);
        folded.GetInts("strides").ShouldBe([2 * stride, 2 * stride]);
        folded.GetInts("pads").ShouldBe([2 * pad, 2 * pad, 2 * pad, 2 * pad]);
    }

    [Theory]
    [InlineData(3, 2, 1, 0)]
    [InlineData(0, 3, 1, 2)]
    [InlineData(1, 0, 3, 2)]
    public void TheQuartersMayComeInAnyOrderAndTheirPadsDiffer(params int[] order)
    {
        var builder = Image(out var x, 2, 8, 10);
        var parts = order.Select(i => Slice(builder, x, (2, Places[i].Y, 2), (3, Places[i].X, 2)));
        builder.Output(Conv(builder, builder.Node("Concat", [.. parts], Of(("axis", -3L))), 8, 3, 1, [0, 2, 1, 0]), "y");

        PassTest.Run([new FoldFocus(), new RemoveDeadNodes()], builder.Model).Leaves("Conv");
    }

    [Fact]
    public void FoldsRowsAndColumnsThatAreCutOneAfterTheOther()
    {
        var builder = Image(out var x, 3, 8, 8);
        var rows = new[] { 0L, 1 }.Select(start => Slice(builder, x, (2, start, 2))).ToArray();
        var parts = Places.Select(place => Slice(builder, rows[place.Y], (3, place.X, 2)));
        builder.Output(Conv(builder, builder.Node("Concat", [.. parts], Channels), 12, 3, 1, [1, 1, 1, 1]), "y");

        PassTest.Run([new FoldFocus(), new RemoveDeadNodes()], builder.Model).Leaves("Conv");
    }

    [Fact]
    public void FoldsAnotherStepAlongEachAxis()
    {
        var builder = Image(out var x, 2, 9, 8);
        var parts = from column in new[] { 1L, 0 } from row in new[] { 2L, 0, 1 } select Slice(builder, x, (2, row, 3), (3, column, 2));
        builder.Output(Conv(builder, builder.Node("Concat", [.. parts], Channels), 12, 3, 1, [1, 1, 1, 1]), "y");

        PassTest.Run([new FoldFocus(), new RemoveDeadNodes()], builder.Model).Leaves("Conv");
    }

    [Fact]
    public void FoldsOneAxisAlone()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", ElementType.Float32, 1, 2, 12);
        var concat = builder.Node("Concat", [Slice(builder, x, (2, 1, 2)), Slice(builder, x, (2, 0, 2))], Channels);
        builder.Output(builder.Node("Conv", [concat, Weight(builder, 5, 4, 3)], Of(("pads", new[] { 2L, 1 }))), "y");

        PassTest.Run([new FoldFocus(), new RemoveDeadNodes()], builder.Model).Leaves("Conv");
    }

    [Fact]
    public void FoldsWhatIsCutFromAnImageOfOpenSize()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(3), Dimension.Named("h"), Dimension.Unknown])));
        var parts = Places.Select(place => Slice(builder, x, (2, place.Y, 2), (3, place.X, 2)));
        builder.Output(Conv(builder, builder.Node("Concat", [.. parts], Channels), 12, 3, 2, [1, 1, 1, 1]), "y");

        PassTest.Run([new FoldFocus(), new RemoveDeadNodes()], builder.Model).Leaves("Conv").SameOutputs(openSize: 6).SameOutputs(openSize: 14);
    }

    [Fact]
    public void LeavesSlicesThatOthersReadInPlace()
    {
        var builder = Image(out var x, 3, 8, 8);
        var parts = Places.Select(place => Slice(builder, x, (2, place.Y, 2), (3, place.X, 2))).ToArray();
        builder.Output(Conv(builder, builder.Node("Concat", parts, Channels), 12, 3, 1, [1, 1, 1, 1]), "y").Output(parts[2], "part");

        PassTest.Run([new FoldFocus(), new RemoveDeadNodes()], builder.Model).Leaves("Slice", "Conv");
    }

    [Theory]
    [InlineData(1, 1, 1)]   // one place twice
    [InlineData(1, 0, 2)]   // a place of the next block
    public void LeavesPlacesThatAreNoGridAlone(long y, long x, long last)
    {
        var builder = Image(out var image, 3, 10, 10);
        (long Y, long X)[] places = [(0, 0), (y, x), (0, 1), (1, last)];
        var parts = places.Select(place => builder.Node("Slice", [image, Longs(builder, place.Y, place.X), Longs(builder, 8, 8 + (place.X & 2)), Longs(builder, 2, 3), Longs(builder, 2, 2)]));
        builder.Output(Conv(builder, builder.Node("Concat", [.. parts], Channels), 12, 3, 1, [1, 1, 1, 1]), "y");

        DeclinesFor(builder, "each place of a grid once");
    }

    [Fact]
    public void LeavesSlicesAloneThatLeaveTheBorderOut()
    {
        var builder = Image(out var image, 3, 10, 10);
        var parts = Places.Select(place => builder.Node("Slice", [image, Longs(builder, place.Y, place.X), Longs(builder, 8, 8), Longs(builder, 2, 3), Longs(builder, 2, 2)]));
        builder.Output(Conv(builder, builder.Node("Concat", [.. parts], Channels), 12, 3, 1, [1, 1, 1, 1]), "y");

        DeclinesFor(builder, "up to the end");
    }

    [Fact]
    public void LeavesBackwardSlicesAlone()
    {
        var builder = Image(out var image, 2, 8, 8);
        var parts = new[] { 7L, 6 }.Select(start => builder.Node("Slice", [image, Longs(builder, start), Longs(builder, -99), Longs(builder, 2), Longs(builder, -2)]));
        builder.Output(Conv(builder, builder.Node("Concat", [.. parts], Channels), 4, 3, 1, [1, 1, 1, 1]), "y");

        DeclinesFor(builder, "backwards");
    }

    [Fact]
    public void LeavesSlicesOfTwoImagesAlone()
    {
        var builder = Image(out var x, 3, 8, 8);
        var other = builder.Input("other", ElementType.Float32, 1, 3, 8, 8);
        var parts = Places.Select(place => Slice(builder, place.X == 0 ? x : other, (2, place.Y, 2), (3, place.X, 2)));
        builder.Output(Conv(builder, builder.Node("Concat", [.. parts], Channels), 12, 3, 1, [1, 1, 1, 1]), "y");

        DeclinesFor(builder, "not of one image");
    }

    [Fact]
    public void LeavesSlicesOfChannelsAlone()
    {
        var builder = Image(out var x, 6, 8, 8);
        var parts = new[] { 0L, 1 }.Select(start => Slice(builder, x, (1, start, 2)));
        builder.Output(Conv(builder, builder.Node("Concat", [.. parts], Channels), 6, 3, 1, [1, 1, 1, 1]), "y");

        DeclinesFor(builder, "part of the channels");
    }

    [Theory]
    [InlineData("group", "2")]
    [InlineData("dilations", "2,2")]
    [InlineData("auto_pad", "SAME_UPPER")]
    public void LeavesConvsAloneWhoseKernelWouldHaveHoles(string attribute, string value)
    {
        var builder = Image(out var x, 3, 12, 12);
        var parts = Places.Select(place => Slice(builder, x, (2, place.Y, 2), (3, place.X, 2)));
        AttributeValue given = attribute switch { "group" => 2L, "dilations" => new[] { 2L, 2L }, _ => value };
        builder.Output(builder.Node("Conv", [builder.Node("Concat", [.. parts], Channels), Weight(builder, 4, attribute == "group" ? 6 : 12, 3, 3)], Of((attribute, given))), "y");

        DeclinesFor(builder, "grouped, dilated or chooses its own padding");
    }

    [Fact]
    public void LeavesAnImageAloneThatOthersReadInQuarters()
    {
        var builder = Image(out var x, 3, 8, 8);
        var concat = builder.Node("Concat", [.. Places.Select(place => Slice(builder, x, (2, place.Y, 2), (3, place.X, 2)))], Channels);
        builder.Output(Conv(builder, concat, 12, 3, 1, [1, 1, 1, 1]), "y").Output(concat, "quarters");

        DeclinesFor(builder, "read outside of its graph");
    }

    [Fact]
    public void LeavesASharedWeightAlone()
    {
        var builder = Image(out var x, 3, 8, 8);
        var concat = builder.Node("Concat", [.. Places.Select(place => Slice(builder, x, (2, place.Y, 2), (3, place.X, 2)))], Channels);
        var weight = Weight(builder, 12, 12, 1, 1);
        builder.Output(builder.Node("Conv", [builder.Node("Conv", [concat, weight]), weight]), "y");

        DeclinesFor(builder, "shared");
    }

    [Fact]
    public void YoloxReadsItsImageWithOneConv()
    {
        using var yolox = OnnxReader.Read(Path.Combine(SharedData.Require("models"), "yolox-nano", "yolox_nano.onnx"));

        var simplified = PassTest.Run(Pipelines.Simplify, yolox);

        simplified.Operators.ShouldNotContain("Slice");
        simplified.Rewritten.Graph.Inputs[0].Consumers.ShouldHaveSingleItem().GetInts("kernel_shape").ShouldBe([6, 6]);
        ModelOutputs.MaxRelativeError(yolox, simplified.Rewritten).ShouldBeLessThan(1e-4);
    }

    private static IReadOnlyDictionary<string, AttributeValue> Channels => Of(("axis", 1L));

    private static void DeclinesFor(GraphBuilder builder, string reason) =>
        PassTest.Run(new FoldFocus(), builder).Declines().SameOutputs().Context.Declined.ShouldHaveSingleItem().Reason.ShouldContain(reason);

    private static GraphBuilder Image(out Value x, params ReadOnlySpan<long> size)
    {
        var builder = new GraphBuilder(opset: 17);
        x = builder.Input("x", ElementType.Float32, [1, .. size]);
        return builder;
    }

    private static Value Slice(GraphBuilder builder, Value x, params (long Axis, long Start, long Step)[] cuts) => builder.Node("Slice",
    [
        x,
        Longs(builder, [.. cuts.Select(cut => cut.Start)]),
        Longs(builder, [.. cuts.Select(_ => long.MaxValue)]),
        Longs(builder, [.. cuts.Select(cut => cut.Axis)]),
        Longs(builder, [.. cuts.Select(cut => cut.Step)]),
    ]);

    private static Value Conv(GraphBuilder builder, Value x, long channels, long kernel, long stride, long[] pads) => builder.Node(
        "Conv", [x, Weight(builder, 5, channels, kernel, kernel), builder.Initializer("b", RandomTensors.Floats(new Random(4), 5))], Of(("strides", new[] { stride, stride }), ("pads", pads)));

    private static Value Weight(GraphBuilder builder, params long[] dims) => builder.Initializer("w", RandomTensors.Floats(new Random(3), dims));

    private static Value Longs(GraphBuilder builder, params ReadOnlySpan<long> values) => builder.Initializer("i", Tensor.Vector(values));
}
