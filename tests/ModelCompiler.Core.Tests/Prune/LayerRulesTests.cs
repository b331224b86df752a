using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Prune;

public sealed class LayerRulesTests
{
    private readonly NetworkBuilder _net = new(opset: 13, seed: 1);

    [Fact]
    public void AConvMakesChannelsAndAnotherSumsOverThem()
    {
        var hidden = _net.Node("Relu", [_net.Conv(_net.Picture(3), 3, 8, 3)]);
        var model = _net.Outputs(_net.Conv(hidden, 8, 5));

        var pruned = Test(model).HasGroups(8).Locks("'y' is an output of the model").Prunes();

        pruned.Graph.Nodes[0].Inputs[1]!.Constant!.Dims.ToArray().ShouldBe([4, 3, 3, 3]);
        pruned.Graph.Nodes[0].Inputs[2]!.Constant!.Dims.ToArray().ShouldBe([4]);
        pruned.Graph.Nodes[2].Inputs[1]!.Constant!.Dims.ToArray().ShouldBe([5, 4, 1, 1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ADepthwiseConvLosesGroups(int multiplier)
    {
        var depthwise = _net.Conv(_net.Conv(_net.Picture(3), 3, 8), 8, 8 * multiplier, 3, groups: 8);
        var model = _net.Outputs(_net.Conv(depthwise, 8 * multiplier, 5));

        Test(model).HasGroups(8).Prunes().Graph.Nodes[1].GetInt("group", 1).ShouldBe(4);
    }

    [Fact]
    public void AGroupedConvKeepsItsGroupsEqual()
    {
        var grouped = _net.Conv(_net.Conv(_net.Picture(3), 3, 8), 8, 12, groups: 2);
        var model = _net.Outputs(_net.Conv(grouped, 12, 5));

        Test(model).HasGroups(4, 6).Prunes().Graph.Nodes[1].GetInt("group", 1).ShouldBe(2);
    }

    [Fact]
    public void ADepthwiseConvOfAnInputStaysAsItIs()
    {
        var model = _net.Outputs(_net.Conv(_net.Conv(_net.Picture(8), 8, 8, 3, groups: 8), 8, 5));

        Test(model).HasGroups().Locks("'y' is an output");
    }

    [Theory]
    [InlineData(1, 6, new[] { 8, 6 })]
    [InlineData(2, 6, new[] { 4, 6 })]
    [InlineData(8, 1, new[] { 8 })]
    [InlineData(8, 2, new[] { 8 })]
    public void AConvTransposeHasItsChannelsOnTheOtherAxes(long groups, int made, int[] units)
    {
        var larger = _net.Node("ConvTranspose", [_net.Conv(_net.Picture(3), 3, 8), _net.Weight(8, made, 2, 2), _net.Weight(1, [made * groups])], ("group", groups), ("strides", new[] { 2L, 2 }));
        var model = _net.Outputs(_net.Conv(larger, made * groups, 5));

        Test(model).HasGroups(units).Prunes();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void EachChannelThatIsFlattenedIsSeveralRowsOfAGemm(long transposed)
    {
        var flat = _net.Node("Flatten", [_net.Node("Relu", [_net.Conv(_net.Picture(3), 3, 8)])]);
        long[] dims = transposed == 0 ? [8 * 36, 10] : [10, 8 * 36];
        var hidden = _net.Node("Gemm", [flat, _net.Weight(8 * 36, dims), _net.Weight(1, [1, 10])], ("transB", transposed), ("alpha", 0.5f));
        var model = _net.Outputs(_net.Node("Gemm", [hidden, _net.Weight(10, [10, 4])]));

        var pruned = Test(model).HasGroups(8, 10).Prunes();

        pruned.Graph.Nodes[3].Inputs[1]!.Constant!.Count.ShouldBe(4 * 36 * 5);
    }

    [Fact]
    public void AGemmMayReadBothFactorsTransposed()
    {
        var x = _net.Graph.Input("x", ElementType.Float32, 6, 4);
        var hidden = _net.Node("Gemm", [x, _net.Weight(8, 6), _net.Weight(1, [8L])], ("transA", 1L), ("transB", 1L));
        var model = _net.Outputs(_net.Node("Gemm", [_net.Weight(8, [8, 3]), hidden], ("transA", 1L), ("transB", 1L)));

        Test(model).HasGroups(8).Prunes();
    }

    [Fact]
    public void AConstantFactorOnTheLeftMakesRows()
    {
        var x = _net.Graph.Input("x", ElementType.Float32, 2, 5, 6);
        var rows = _net.Node("Relu", [_net.Node("MatMul", [_net.Weight(8, 5), x])]);
        var model = _net.Outputs(_net.Node("MatMul", [_net.Weight(3, 8), rows]));

        Test(model).HasGroups(8).Prunes();
    }

    [Fact]
    public void TheHiddenWidthOfAnMlpCanShrink()
    {
        var x = _net.Graph.Input("x", ElementType.Float32, 2, 5, 6);
        var hidden = _net.Node("Add", [_net.MatMul(x, 6, 12), _net.Weight(1, [12L])]);
        var gelu = _net.Node("Mul", [hidden, _net.Node("Add", [_net.Node("Erf", [hidden]), _net.Number(1)])]);
        var model = _net.Outputs(_net.MatMul(gelu, 12, 6));

        Test(model).HasGroups(12).Prunes();
    }

    [Fact]
    public void AProductOfTwoValuesLosesWhatItSumsOver()
    {
        var x = _net.Graph.Input("x", ElementType.Float32, 2, 5, 6);
        var scores = _net.Node("MatMul", [_net.MatMul(x, 6, 8), _net.Transpose(_net.MatMul(x, 6, 8), 0, 2, 1)]);
        var model = _net.Outputs(_net.Node("MatMul", [_net.Softmax(scores, 2), x]));

        Test(model).HasGroups(8).Prunes();
    }

    [Fact]
    public void HeadsOfAnAttentionGoAsAWhole()
    {
        var x = _net.Graph.Input("x", ElementType.Float32, 2, 5, 6);
        var (q, k, v) = (Heads(x), Heads(x), Heads(x));
        var scores = _net.Softmax(_net.Node("MatMul", [q, _net.Transpose(k, 0, 1, 3, 2)]), 3);
        var read = _net.Reshape(_net.Transpose(_net.Node("MatMul", [scores, v]), 0, 2, 1, 3), 0, 0, 12);
        var model = _net.Outputs(_net.MatMul(read, 12, 6));

        Test(model).HasGroups(4).Prunes();

        Value Heads(Value sequence) => _net.Transpose(_net.Reshape(_net.MatMul(sequence, 6, 12), 0, 0, 4, 3), 0, 2, 1, 3);
    }

    [Fact]
    public void LayersThatShareAWeightLoseTheSameChannels()
    {
        var x = _net.Picture(4);
        var weight = _net.Weight(4, 4, 1, 1);
        var first = _net.Node("Relu", [_net.Node("Conv", [_net.Conv(x, 4, 4), weight])]);
        var model = _net.Outputs(_net.Conv(_net.Node("Conv", [first, weight]), 4, 3));

        var pruned = Test(model).HasGroups(4).Prunes();

        pruned.Graph.Nodes[1].Inputs[1].ShouldBe(pruned.Graph.Nodes[3].Inputs[1]);
    }

    [Fact]
    public void LayersThatShareABiasDoNot()
    {
        var x = _net.Picture(4);
        var bias = _net.Weight(1, [6L]);
        var first = _net.Node("Conv", [x, _net.Weight(6, 4, 1, 1), bias]);
        var second = _net.Node("Conv", [first, _net.Weight(6, 6, 1, 1), bias]);
        var model = _net.Outputs(_net.Conv(second, 6, 3));

        Test(model).HasGroups(6, 6).Prunes();
    }

    [Fact]
    public void AWeightThatIsStoredInIntegersStaysAsItIs()
    {
        var x = _net.Picture(4);
        var stored = _net.Graph.Initializer("q", Tensor.Of(new sbyte[8 * 4], 8, 4, 1, 1));
        var conv = _net.Node("Conv", [x, _net.Node("DequantizeLinear", [stored, _net.Number(0.1f)])]);
        var model = _net.Outputs(_net.Conv(_net.Node("Relu", [conv]), 8, 3));

        Test(model).HasGroups().Locks("the weight of Conv → 'Conv' is not a constant");
    }

    [Fact]
    public void AWeightThatIsAnOutputStaysAsItIs()
    {
        var hidden = _net.Conv(_net.Picture(3), 3, 8);
        var model = _net.Outputs(_net.Conv(hidden, 8, 5), hidden.Producer!.Inputs[1]!);

        Test(model).HasGroups().Locks("'y_1' is an output of the model");
    }

    [Fact]
    public void AWeightThatCallersMayOverrideStaysAsItIs()
    {
        var x = _net.Picture(3);
        var weight = _net.Graph.ListedInitializer("w", Tensor.Of(new float[24], 8, 3, 1, 1));
        var model = _net.Outputs(_net.Conv(_net.Node("Conv", [x, weight]), 8, 5));

        Test(model).HasGroups().Locks("is not a constant");
    }

    [Fact]
    public void RowsOfATableAreMadeLikeChannels()
    {
        var words = _net.Graph.Input("words", ElementType.Int64, 2, 5);
        var rows = _net.Node("Gather", [_net.Weight(8, [9, 8]), words]);
        var model = _net.Outputs(_net.MatMul(_net.Node("Relu", [rows]), 8, 3));

        Test(model).HasGroups(8).Prunes();
    }

    [Fact]
    public void TheOnlyChannelStays()
    {
        var model = _net.Outputs(_net.Conv(_net.Conv(_net.Picture(3), 3, 1), 1, 5));

        Test(model).HasGroups().Locks("would be empty");
    }

    private static ChannelTest Test(Model model) => new(model);
}
