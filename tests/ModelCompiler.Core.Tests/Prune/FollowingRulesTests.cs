using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Prune;

/// <summary>Operators between layers: which let channels through, which join them, which rewrite numbers.</summary>
public sealed class FollowingRulesTests
{
    private const int Channels = 8;

    [Theory]
    [InlineData("Relu")]
    [InlineData("Sigmoid")]
    [InlineData("HardSwish")]
    [InlineData("GlobalAveragePool")]
    [InlineData("GlobalMaxPool")]
    [InlineData("Identity")]
    public void OperatorsOnEachElementLetChannelsThrough(string opType) => Between((net, x) => net.Node(opType, [x]), opset: 14).HasGroups(8).Prunes();

    [Fact]
    public void ClipReadsScalars() => Between((net, x) => net.Node("Clip", [x, net.Number(-1), net.Number(1)])).HasGroups(8).Prunes();

    [Fact]
    public void BatchNormalizationLosesItsParameters() => Between((net, x) => net.Norm(x, Channels)).HasGroups(8).Prunes();

    [Fact]
    public void InstanceNormalizationLosesItsParameters() =>
        Between((net, x) => net.Node("InstanceNormalization", [x, net.Scales(Channels), net.Weight(1, [Channels])])).HasGroups(8).Prunes();

    [Fact]
    public void PReluLosesItsSlopes() => Between((net, x) => net.Node("PRelu", [x, net.Scales(Channels, 1, 1)])).HasGroups(8).Prunes();

    [Fact]
    public void AConstantAlongTheChannelsIsCut() => Between((net, x) => net.Node("Mul", [net.Scales(1, Channels, 1, 1), x])).HasGroups(8).Prunes();

    [Fact]
    public void AConstantForEachPixelIsNot()
    {
        var pruned = Between((net, x) => net.Node("Add", [x, net.Scales(6, 6)])).HasGroups(8).Prunes();

        pruned.Graph.Nodes[1].Inputs[1]!.Constant!.Dims.ToArray().ShouldBe([6, 6]);
    }

    [Fact]
    public void ChannelsThatAreAddedGoTogether() => Between((net, x) => net.Node("Add", [x, net.Conv(x, Channels, Channels)])).HasGroups(8).Prunes();

    [Fact]
    public void WhereJoinsAllThree() =>
        Between((net, x) => net.Node("Where", [net.Node("Less", [x, net.Number(0)]), x, net.Conv(x, Channels, Channels)])).HasGroups(8).Prunes();

    [Fact]
    public void SqueezeAndExcitationHasItsHiddenWidthBesides() => Between((net, x) =>
    {
        var gate = net.Node("Relu", [net.Conv(net.Node("GlobalAveragePool", [x]), Channels, 4)]);
        return net.Node("Mul", [x, net.Node("Sigmoid", [net.Conv(gate, 4, Channels)])]);
    }).HasGroups(8, 4).Prunes();

    [Fact]
    public void PartsOfAConcatAreGroupsOfTheirOwn() =>
        Between((net, x) => net.Node("Concat", [x, net.Conv(x, Channels, 6)], ("axis", 1L)), made: 14).HasGroups(8, 6).Prunes();

    [Fact]
    public void AConcatOfPixelsJoinsChannels() =>
        Between((net, x) => net.Node("Concat", [x, net.Conv(x, Channels, Channels)], ("axis", 2L))).HasGroups(8).Prunes();

    [Fact]
    public void APartOfAConcatThatIsNotFollowedStays() => Between((net, x) =>
        net.Node("Concat", [net.Graph.Input("beside", ElementType.Float32, 2, 2, 6, 6), x], ("axis", 1L)), made: 10).HasGroups(8).Prunes();

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void SizesOfASplitAreCountedAnew(long opset)
    {
        var pruned = Between((net, x) => net.Split(x, 1, 2, 6)[1], made: 6, opset).HasGroups(8).Prunes();

        var split = pruned.Graph.Nodes[1];
        (split.GetInts("split") ?? split.Inputs[1]!.Constant!.ToLongs()).ShouldBe([1, 3]);
    }

    [Fact]
    public void ASplitIntoEqualPartsSaysItsSizes()
    {
        var pruned = Between((net, x) => net.Graph.Nodes("Split", [x], 2, Passes.Attributes.Of(("axis", 1L), ("num_outputs", 2L)))[0], made: 4, opset: 18).HasGroups(8).Prunes();

        pruned.Graph.Nodes[1].Attributes.Keys.ShouldBe(["axis"]);
    }

    [Fact]
    public void BoundsOfASliceAreCountedAnew() => Between((net, x) => net.Slice(x, 1, 2, -1), made: 5).HasGroups(8).Prunes();

    [Fact]
    public void ASliceOfPixelsKeepsItsBounds()
    {
        var pruned = Between((net, x) => net.Slice(x, 3, 1, 5)).HasGroups(8).Prunes();

        pruned.Graph.Nodes[1].Inputs[1]!.Constant!.ToLongs().ShouldBe([1]);
    }

    [Fact]
    public void ASliceThatLeavesOutPlacesInBetweenLocksThem() => Between((net, x) =>
        net.Node("Slice", [x, net.Longs(0), net.Longs(8), net.Longs(1), net.Longs(2)]), made: 4).HasGroups().Locks("leaves out places in between");

    [Fact]
    public void IndicesOfAGatherAreCountedAnew() => Between((net, x) => net.Node("Gather", [x, net.Longs(7, 0, -2, 3, 3)], ("axis", 1L)), made: 5).HasGroups(8).Prunes();

    [Fact]
    public void WhatAGatherPicksByNumberStays() =>
        Between((net, x) => net.Node("Gather", [x, net.Graph.Initializer("i", Tensor.Scalar(3L).Reshape())], ("axis", 1L)), made: null).HasGroups(7).Locks("picks one of them").Prunes();

    [Fact]
    public void PlacesThatAPadAddsGoByAddingFewer()
    {
        var pruned = Between((net, x) => net.Node("Add", [net.Node("Pad", [x, net.Longs(0, 2, 0, 0, 0, 2, 0, 0)]), net.Conv(x, Channels, 12)]), made: 12).HasGroups(12).Prunes();

        pruned.Graph.NodesOf("Pad")[0].Inputs[1]!.Constant!.ToLongs().Sum().ShouldBe(2);
    }

    [Fact]
    public void APadThatRepeatsChannelsLocksThem() =>
        Between((net, x) => net.Node("Pad", [x, net.Longs(0, 1, 0, 0, 0, 1, 0, 0)], ("mode", "reflect")), made: 10).HasGroups().Locks("repeats or cuts");

    [Fact]
    public void APadOfPixelsMayRepeatThem() =>
        Between((net, x) => net.Node("Pad", [x, net.Longs(0, 0, 1, 1, 0, 0, 1, 1)], ("mode", "reflect"))).HasGroups(8).Prunes();

    [Fact]
    public void TileRepeatsChannels() => Between((net, x) => net.Node("Tile", [x, net.Longs(1, 2, 1, 1)]), made: 16).HasGroups(8).Prunes();

    [Fact]
    public void TheShapeOfAnExpandFollows() =>
        Between((net, x) => net.Node("Expand", [net.Node("GlobalAveragePool", [x]), net.Longs(2, Channels, 3, 3)])).HasGroups(8).Prunes();

    [Theory]
    [InlineData("DCR")]
    [InlineData("CRD")]
    public void BlocksThatMakeOneChannelGoTogether(string mode) =>
        Between((net, x) => net.Node("DepthToSpace", [x], ("blocksize", 2L), ("mode", mode)), made: 2).HasGroups(2).Prunes();

    [Fact]
    public void AChannelBecomesSeveralInSpaceToDepth() => Between((net, x) => net.Node("SpaceToDepth", [x], ("blocksize", 2L)), made: 32).HasGroups(8).Prunes();

    [Fact]
    public void ResizeByScalesLetsChannelsThrough() => Between((net, x) =>
        net.Node("Resize", [x, null, net.Graph.Initializer("s", Tensor.Of([1f, 1, 2, 2], 4))], ("mode", "linear"))).HasGroups(8).Prunes();

    [Fact]
    public void SizesOfAResizeAreCountedAnew() => Between((net, x) => net.Node("Resize", [x, null, null, net.Longs(2, Channels, 3, 9)])).HasGroups(8).Prunes();

    [Fact]
    public void AResizeOfChannelsLocksThem() => Between((net, x) => net.Node("Resize", [x, null, null, net.Longs(2, 16, 6, 6)]), made: 16).HasGroups().Locks("resamples them");

    [Fact]
    public void UpsampleLetsChannelsThrough() => Between((net, x) =>
        net.Node("Upsample", [x, net.Graph.Initializer("s", Tensor.Of([1f, 1, 2, 2], 4))]), opset: 9).HasGroups(8).Prunes();

    [Fact]
    public void ChannelsAreFollowedThroughTransposes() => Between((net, x) =>
        net.Transpose(net.Node("Mul", [net.Transpose(x, 0, 2, 3, 1), net.Scales(Channels)]), 0, 3, 1, 2)).HasGroups(8).Prunes();

    [Fact]
    public void MeansOfPixelsLetChannelsThrough() => Between((net, x) => net.Node("Mul", [x, net.Mean(x, 2, keep: true)])).HasGroups(8).Prunes();

    /// <summary>conv → what is tested → conv over <paramref name="made"/> channels; without them, what is tested is the output.</summary>
    private static ChannelTest Between(Func<NetworkBuilder, Value, Value> build, int? made = Channels, long opset = 13)
    {
        var net = new NetworkBuilder(opset, seed: 2);
        var end = build(net, net.Conv(net.Picture(3), 3, Channels));
        return new(net.Outputs(made is { } channels ? net.Conv(end, channels, 3) : end));
    }
}
