using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Quantize;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Prune;

/// <summary>Channels go where they are missed least, and what is left makes up for them.</summary>
public sealed class ChannelPruningTests
{
    [Fact]
    public void ChannelsThatSayTheSameAsOthersAreNotMissed()
    {
        var model = WithCopiedChannels();

        var pruned = Plan(model, new PruningRecipe { Widths = new(1, 1) }).Without(0.3, new PassContext()).ShouldNotBeNull();

        pruned.Removed.ShouldBe(1 - ((double)ModelCost.Of(pruned.Model).Macs!.Value / ModelCost.Of(model).Macs!.Value), 1e-12);
        pruned.Removed.ShouldBeInRange(0.3, 0.4);
        SqnrDb(model, pruned.Model).ShouldBeGreaterThan(40);
    }

    [Fact]
    public void LeastSquaresMakeUpForMuchOfWhatIsGone()
    {
        var model = Network();
        var recipe = new PruningRecipe { Widths = new(1, 1) };

        var repaired = SqnrAt(model, recipe);
        var onAverage = SqnrAt(model, recipe with { Repair = ChannelRepair.Biases });
        var unrepaired = SqnrAt(model, recipe with { Repair = ChannelRepair.None });

        repaired.ShouldBeGreaterThan(onAverage + 3);
        onAverage.ShouldBeGreaterThan(unrepaired + 1);
    }

    [Fact]
    public void ChoosingByWhatIsMissedIsBetterThanByMagnitudeOrChance()
    {
        var model = Network();
        var recipe = new PruningRecipe { Widths = new(1, 1) };

        var ours = SqnrAt(model, recipe);

        ours.ShouldBeGreaterThan(SqnrAt(model, recipe with { Selection = ChannelSelection.Magnitude, Allocation = ChannelAllocation.Uniform }));
        ours.ShouldBeGreaterThan(SqnrAt(model, recipe with { Selection = ChannelSelection.Random, Allocation = ChannelAllocation.Uniform }));
    }

    [Fact]
    public void KeepsMultiplesOfChannelsAndTakesAtLeastWhatIsAsked()
    {
        var pruned = Plan(Network(), new PruningRecipe { Widths = new(4, 4) }).Without(0.2, new PassContext()).ShouldNotBeNull();

        pruned.Model.Graph.NodesOf("Conv").Select(conv => conv.Inputs[1]!.Constant!.Dims[0]).ShouldAllBe(channels => channels % 4 == 0);
        pruned.Removed.ShouldBeInRange(0.2, 0.4);
    }

    [Fact]
    public void SaysWhereSoMuchCannotGo() =>
        Plan(Network(), new PruningRecipe { Widths = new(8, 8) }).Without(0.99, new PassContext()).ShouldBeNull();

    [Fact]
    public void GivesTheSameModelTwice()
    {
        var recipe = new PruningRecipe { Widths = new(2, 2) };

        byte[] Bytes() => OnnxWriter.ToBytes(Plan(Network(), recipe).Without(0.25, new PassContext())!.Model);

        Bytes().ShouldBe(Bytes());
    }

    private static double SqnrAt(Model model, PruningRecipe recipe) => SqnrDb(model, Plan(model, recipe).Without(0.3, new PassContext())!.Model);

    private static ChannelPruning Plan(Model model, PruningRecipe recipe)
    {
        var samples = Samples(model, 40);
        return ChannelPruning.Plan(model, recipe, new PruningSamples(samples.Take(30), 30, [.. samples.Skip(30)], AreTypical: true)).ShouldNotBeNull();
    }

    /// <summary>A residual network with a depthwise layer.</summary>
    private static Model Network()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 10, 10);
        var trunk = builder.Node("Relu", [Conv(builder, x, 1, 3, 16)]);
        var inner = builder.Node("Relu", [Conv(builder, trunk, 2, 16, 24)]);
        var sum = builder.Node("Relu", [builder.Node("Add", [Conv(builder, inner, 3, 24, 16), trunk])]);
        var depthwise = builder.Node(
            "Conv",
            [sum, builder.Initializer("d", Weights(4, 16, 1, 3, 3)), builder.Initializer("e", Weights(5, 16))],
            new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["group"] = 16L });
        var flat = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [builder.Node("Relu", [Conv(builder, depthwise, 6, 16, 32)])])]);
        return builder.WithOutput(builder.Node("Gemm", [flat, builder.Initializer("g", Weights(7, 32, 5)), builder.Initializer("h", Weights(8, 5))]));
    }

    /// <summary>Half of the first layer's channels repeat the other half.</summary>
    private static Model WithCopiedChannels()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 10, 10);
        var half = Weights(1, 8, 3, 3, 3).ToFloats();
        var first = builder.Node("Relu", [builder.Node("Conv", [x, builder.Initializer("w", Tensor.Of([.. half, .. half], 16, 3, 3, 3))])]);
        return builder.WithOutput(Conv(builder, first, 2, 16, 12));
    }
}
