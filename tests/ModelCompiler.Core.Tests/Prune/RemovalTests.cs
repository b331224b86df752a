using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Passes;

namespace ModelCompiler.Tests.Prune;

public sealed class RemovalTests
{
    private readonly NetworkBuilder _net = new(opset: 13, seed: 6);

    [Fact]
    public void TheLastOfAnAxisStays()
    {
        var parts = _net.Split(_net.Conv(_net.Picture(3), 3, 8), 1, 2, 6);
        var channels = CoupledChannels.Of(_net.Outputs(_net.Conv(parts[0], 2, 3), _net.Conv(parts[1], 6, 3)));

        channels.Removable([1, 0, 5, 4, 3]).Order().ShouldBe([1, 3, 4, 5]);
        channels.Removable([0, 1, 7, 6, 5, 4, 3, 2]).Order().ShouldBe([0, 3, 4, 5, 6, 7]);
        Should.Throw<ArgumentException>(() => channels.Remove(new HashSet<int> { 0, 1 }, new PassContext()));
    }

    [Fact]
    public void EachGroupIsAnEditThatLeavesASoundModel()
    {
        var model = ThreeGroups();
        var units = CoupledChannels.Of(model).Groups.SelectMany(group => group.Units.Take(3)).ToHashSet();
        for (var edits = 0; edits <= 3; edits++)
        {
            var pruned = model.Clone();
            var context = new PassContext(stopAfter: edits);
            CoupledChannels.Of(pruned).Remove(units, context);

            context.Log.Count.ShouldBe(edits);
            new PrunedModel(model, pruned, CoupledChannels.Of(model).Groups.Take(edits).SelectMany(group => group.Units.Take(3)).ToHashSet(), context)
                .IsExact(RandomTensors.ForInputs(model, seed: 1));
        }
    }

    [Fact]
    public void GroupsNameWhoMakesAndWhoReads()
    {
        var model = ThreeGroups();
        var (first, second, concat) = (model.Graph.Nodes[0], model.Graph.Nodes[1], model.Graph.Nodes[3]);
        var groups = CoupledChannels.Of(model).Groups;

        groups.Select(group => group.Units).ShouldBe([[0, 1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11, 12, 13], [14, 15, 16, 17]]);
        groups[0].Producers.ShouldHaveSingleItem().Node.ShouldBe(first);
        groups[0].Consumers.Select(consumer => consumer.Node).ShouldBe([second, concat]);
        var read = groups[1].Consumers.ShouldHaveSingleItem();
        (read.Input, read.Axis, read.DataAxis, read.Data).ShouldBe((1, 1, 1, concat.Inputs[0]!));
        read.Units.ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    }

    [Fact]
    public void MultiplyAccumulatesAreCountedByUnits()
    {
        var model = ThreeGroups();
        var macs = CoupledChannels.Of(model).MacsOf(model, ModelCost.TypesOfOneSample(model)).ShouldNotBeNull();

        // One of the 8 channels that three Convs make or read: 36 pixels × (3 inputs + 6 + 4 outputs), both pictures of the batch.
        macs.OfUnit(0).ShouldBe(2 * 36 * (3 + 6 + 4));
        macs.All.ShouldBe(ModelCost.Of(model).Macs!.Value);
    }

    [Fact]
    public void PlacesThatStayHaveNoUnit()
    {
        var model = ThreeGroups();
        var channels = CoupledChannels.Of(model);

        channels.UnitsOf(model.Graph.Nodes[3].Output, 1).ShouldBe([14, 15, 16, 17]);
        channels.UnitsOf(model.Graph.Outputs[0], 1).ShouldBe([-1, -1, -1]);
        channels.UnitsOf(model.Graph.Outputs[0], 2).ShouldBeNull();
    }

    [Fact]
    public void DeclaredSizesFollow()
    {
        var model = ThreeGroups();
        var hidden = model.Graph.Nodes[0].Output;
        var declare = new GraphEdit(model.Graph, "declare");
        declare.SetType(hidden, new TensorType(Contract.ElementType.Float32, Shape.Of(2, 8, 6, 6)));
        new PassContext().Apply(declare);

        CoupledChannels.Of(model).Remove(new HashSet<int> { 0, 4, 9 }, new PassContext());

        hidden.Shape.ShouldBe(Shape.Of(2, 6, 6, 6));
    }

    [Fact]
    public void WeightsOfHalfPrecisionAreCutToo()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", Contract.ElementType.Float16, 1, 3, 4, 4);
        var first = builder.Node("Conv", [x, builder.Initializer("w", Halves(8, 3, 1, 1))]);
        builder.Output(builder.Node("Conv", [first, builder.Initializer("v", Halves(2, 8, 1, 1))]), "y");

        new ChannelTest(builder.Model).HasGroups(8).Prunes();

        static Tensor Halves(params long[] dims) => RandomTensors.Of(Contract.ElementType.Float16, dims, new Random(2));
    }

    /// <summary>conv 8, conv 6 of it, both side by side, conv 4 of that, conv 3.</summary>
    private Model ThreeGroups()
    {
        var first = _net.Conv(_net.Picture(3), 3, 8);
        var both = _net.Node("Concat", [first, _net.Conv(first, 8, 6)], ("axis", 1L));
        return _net.Outputs(_net.Conv(_net.Conv(both, 14, 4), 4, 3));
    }
}
