using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Prune;

/// <summary>What computes with all channels at once keeps them, and says so.</summary>
public sealed class LockingTests
{
    private const int Channels = 8;

    [Theory]
    [InlineData("Softmax", 1)]
    [InlineData("LogSoftmax", 1)]
    [InlineData("LpNormalization", 1)]
    [InlineData("Hardmax", -3)]
    public void OperatorsAlongTheChannels(string opType, long axis) => Behind((net, x) => net.Node(opType, [x], ("axis", axis))).HasGroups().Locks($"{opType} → '{opType}' computes along them");

    [Fact]
    public void ASoftmaxOfOldOperatorSetsFlattensWhatIsBehindItsAxis() => Behind((net, x) => net.Softmax(x, 1), opset: 12).HasGroups().Locks("computes along them");

    [Fact]
    public void ASoftmaxAlongPixelsLocksNothing() => Behind((net, x) => net.Softmax(x, 3)).HasGroups(8).Prunes();

    [Fact]
    public void MeansOverTheChannels() => Behind((net, x) => net.Node("Sub", [x, net.Mean(x, 1, keep: true)])).HasGroups().Locks("ReduceMean → 'ReduceMean' computes along them");

    [Fact]
    public void MeansOverAllAxes() => Behind((net, x) => net.Node("Sub", [x, net.Node("ReduceMax", [x])])).HasGroups().Locks("ReduceMax → 'ReduceMax' computes along them");

    [Fact]
    public void RunningSums() => Behind((net, x) => net.Node("CumSum", [x, net.Graph.Initializer("axis", Tensor.Of([1L]).Reshape())])).HasGroups().Locks("CumSum → 'CumSum' computes along them");

    [Fact]
    public void LocalResponseNormalization() => Behind((net, x) => net.Node("LRN", [x], ("size", 3L))).HasGroups().Locks("LRN");

    [Fact]
    public void LayerNormalizationOfChannels() => Behind((net, x) =>
    {
        var normal = net.Node("LayerNormalization", [net.Transpose(x, 0, 2, 3, 1), net.Scales(Channels)]);
        return net.Transpose(normal, 0, 3, 1, 2);
    }, opset: 17).HasGroups().Locks("LayerNormalization → 'LayerNormalization' computes along them");

    [Fact]
    public void GroupNormalization() => Behind((net, x) =>
        net.Node("GroupNormalization", [x, net.Scales(2), net.Scales(2)], ("num_groups", 2L)), opset: 18).HasGroups().Locks("GroupNormalization");

    [Fact]
    public void TheGreatestChannel() => Behind((net, x) =>
        net.Node("Mul", [x, net.Node("Cast", [net.Node("ArgMax", [x], ("axis", 1L))], ("to", 1L))])).HasGroups().Locks("ArgMax → 'ArgMax' computes along them");

    [Fact]
    public void TheGreatestFew() => Behind((net, x) => net.Graph.Nodes("TopK", [x, net.Longs(4)], 2, Of(("axis", 1L)))[0], made: 4).HasGroups().Locks("TopK");

    [Fact]
    public void PlacesThatCountChannels() => Behind((net, x) =>
    {
        var pools = net.Graph.Nodes("MaxPool", [x], 2, Of(("kernel_shape", new[] { 1L, 1 })));
        return net.Node("Add", [pools[0], net.Node("Cast", [pools[1]], ("to", 1L))]);
    }).HasGroups().Locks("gives places that count all channels");

    [Fact]
    public void RecurrentLayers()
    {
        var net = new NetworkBuilder(13, seed: 4);
        var x = net.Graph.Input("x", ElementType.Float32, 3, 2, 5);
        var lstm = net.Node("LSTM", [net.MatMul(x, 5, Channels), net.Weight(1, 16, Channels), net.Weight(1, 16, 4)], ("hidden_size", 4L));
        Test(net, lstm).HasGroups().Locks("channels are not followed through LSTM");
    }

    [Fact]
    public void OperatorsOfOtherDomains()
    {
        var net = new NetworkBuilder(13, seed: 4);
        net.Graph.Opset("com.microsoft", 1);
        var other = net.Graph.Node("BiasGelu", [net.MatMul(net.Graph.Input("x", ElementType.Float32, 2, 5), 5, Channels), net.Scales(Channels)], domain: "com.microsoft");
        Test(net, net.MatMul(other, Channels, 3)).HasGroups().Locks("BiasGelu");
    }

    [Fact]
    public void InputsOfTheModel() => Behind((net, x) => net.Node("Add", [x, net.Graph.Input("other", ElementType.Float32, 2, Channels, 6, 6)])).HasGroups().Locks("'other' is an input of the model");

    [Fact]
    public void InputsOfAnUnknownSize() => Behind((net, x) =>
        net.Node("Add", [x, net.Graph.Input("other", new TensorType(ElementType.Float32, new Shape([Dimension.Of(2), Dimension.Unknown, Dimension.Of(6), Dimension.Of(6)])))]))
        .HasGroups().Locks("combines them with a value whose channels are not followed");

    [Fact]
    public void WhatABranchReads()
    {
        var net = new NetworkBuilder(13, seed: 4);
        var hidden = net.Conv(net.Picture(3), 3, Channels);
        var chosen = net.Node(
            "If",
            [net.Graph.Input("condition", ElementType.Bool)],
            ("then_branch", net.Graph.Nested("yes", branch => branch.Output(branch.Node("Relu", [hidden]), "a"))),
            ("else_branch", net.Graph.Nested("no", branch => branch.Output(branch.Node("Neg", [hidden]), "b"))));
        Test(net, net.Conv(hidden, Channels, 2), chosen).HasGroups().Locks("is read inside If");
    }

    [Fact]
    public void WeightsThatABranchReads()
    {
        var net = new NetworkBuilder(13, seed: 4);
        var x = net.Picture(3);
        var hidden = net.Conv(x, 3, Channels);
        var weight = hidden.Producer!.Inputs[1]!;
        var chosen = net.Node(
            "If",
            [net.Graph.Input("condition", ElementType.Bool)],
            ("then_branch", net.Graph.Nested("yes", branch => branch.Output(branch.Node("Conv", [x, weight]), "a"))),
            ("else_branch", net.Graph.Nested("no", branch => branch.Output(branch.Node("Relu", [x]), "b"))));
        Test(net, net.Conv(hidden, Channels, 2), chosen).HasGroups().Locks("is read inside a control-flow operator").Locks("it is computed inside If");
    }

    [Fact]
    public void ValuesWhoseShapeIsNotInferred() => Behind((net, x) =>
    {
        var means = net.Graph.Nodes("LayerNormalization", [net.Transpose(x, 0, 1, 3, 2), net.Scales(6)], 2)[1];
        return net.Reshape(means, 2, -1, 6, 1);
    }, opset: 17).HasGroups().Locks("Reshape → 'Reshape' has a form that channels are not followed through");

    [Fact]
    public void SizesThatAreComputedWith() => Behind((net, x) => net.Node("Reshape", [net.Node("Relu", [x]), net.Node("Shape", [x])])).HasGroups().Locks("their number is computed with");

    [Fact]
    public void SizesOfPixelsMayBe() => Behind((net, x) =>
    {
        var height = net.Node("Cast", [net.Slice(net.Node("Cast", [net.Node("Shape", [x])], ("to", 6L)), 0, 2, 3)], ("to", 1L));
        return net.Node("Mul", [x, height]);
    }).HasGroups(8).Prunes();

    [Fact]
    public void BroadcastingOfOldOperatorSets() => Behind((net, x) =>
        net.Node("Add", [x, net.Scales(Channels)], ("broadcast", 1L), ("axis", 1L)), opset: 6).HasGroups().Locks("by the rules of an old operator set");

    private static ChannelTest Behind(Func<NetworkBuilder, Value, Value> build, int made = Channels, long opset = 13)
    {
        var net = new NetworkBuilder(opset, seed: 4);
        return Test(net, net.Conv(build(net, net.Conv(net.Picture(3), 3, Channels)), made, 3));
    }

    private static ChannelTest Test(NetworkBuilder net, params ReadOnlySpan<Value> outputs) => new(net.Outputs(outputs));
}
