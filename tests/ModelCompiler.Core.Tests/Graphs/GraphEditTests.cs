using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Graphs;

public sealed class GraphEditTests
{
    private readonly PassContext _context = new();

    [Fact]
    public void NothingHappensBeforeTheEditIsApplied()
    {
        using var model = Chain("Relu", "Neg");
        var before = GraphText.Of(model);
        var edit = new GraphEdit(model.Graph, "drop");
        edit.ReplaceUses(model.Graph.Nodes[0].Output, model.Graph.Inputs[0]);
        edit.SetAttribute(model.Graph.Nodes[1], "a", 1);
        edit.Remove(model.Graph.Nodes[0]);

        GraphText.Of(model).ShouldBe(before);
        _context.Apply(edit).ShouldBeTrue();
        GraphText.Of(model).ShouldNotBe(before, StringComparer.Ordinal);
    }

    [Fact]
    public void AGraphOutputKeepsItsNameWhenAnotherNodeMakesIt()
    {
        using var model = Chain("Relu", "Identity");
        var (relu, identity) = (model.Graph.Nodes[0], model.Graph.Nodes[1]);
        var edit = new GraphEdit(model.Graph, "bypass");
        edit.ReplaceUses(identity.Output, relu.Output);
        edit.Remove(identity);

        _context.Apply(edit);

        GraphVerifier.Verify(model).ShouldBeEmpty();
        model.Graph.Outputs.ShouldHaveSingleItem().ShouldBeSameAs(relu.Output);
        relu.Output.ShouldSatisfyAllConditions(value => value.Name.ShouldBe("y"), value => value.Shape.ShouldBe(Shape.Of(4)));
    }

    [Fact]
    public void AGraphInputCannotBecomeAGraphOutput()
    {
        using var model = Chain("Identity");
        var output = model.Graph.Nodes[0].Output;
        var edit = new GraphEdit(model.Graph, "bypass");
        edit.ReplaceUses(output, model.Graph.Inputs[0]);

        GraphEdit.CanReplace(output, model.Graph.Inputs[0]).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => _context.Apply(edit));
    }

    [Fact]
    public void ReadersInNestedGraphsAreMoved()
    {
        using var model = BuiltModels.Control();
        var relu = model.Graph.NodesOf("Relu")[0];
        var edit = new GraphEdit(model.Graph, "insert");
        var abs = edit.AddNode("Abs", [relu.Output]);
        foreach (var use in relu.Output.Uses.ToArray())
            edit.SetInput(use.Node, use.Index, abs.Output);

        _context.Apply(edit);

        GraphVerifier.Verify(model).ShouldBeEmpty();
        relu.Output.Consumers.ShouldBe([abs]);
        abs.Output.Consumers.Select(node => node.Graph.Name).ShouldBe(["yes", "no"]);
        IndexOf(model, abs).ShouldBeLessThan(IndexOf(model, model.Graph.NodesOf("If")[0]));
    }

    [Fact]
    public void AnOuterValueThatABranchHandsOutIsReplacedThereToo()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, 4);
        var flag = builder.Input("flag", ElementType.Bool);
        var relu = builder.Node("Relu", [x]);
        var copy = builder.Node("Identity", [relu]);
        var branch = () => (AttributeValue)builder.Nested("branch", nested => nested.Output(copy));
        var choice = builder.Node("If", [flag], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["then_branch"] = branch(), ["else_branch"] = branch() });
        using var model = builder.Output(choice, "y").Model;
        var edit = new GraphEdit(model.Graph, "bypass");
        edit.ReplaceUses(copy, relu);
        edit.Remove(copy.Producer!);

        _context.Apply(edit);

        GraphVerifier.Verify(model).ShouldBeEmpty();
        choice.Producer!.Subgraphs.ShouldAllBe(graph => graph.Outputs[0] == relu);
    }

    [Fact]
    public void AnAddedNodeKeepsReadingWhatItReplaces()
    {
        using var model = Chain("Relu", "Neg");
        var relu = model.Graph.Nodes[0];
        var edit = new GraphEdit(model.Graph, "wrap");
        var clip = edit.AddNode("Clip", [relu.Output]);
        edit.ReplaceUses(relu.Output, clip.Output);

        _context.Apply(edit);

        GraphVerifier.Verify(model).ShouldBeEmpty();
        model.Graph.Nodes.Select(node => node.OpType).ShouldBe(["Relu", "Clip", "Neg"]);
    }

    [Fact]
    public void ANodeCanTakeOverTheOutputsOfARemovedOne()
    {
        using var model = Chain("Relu", "Neg");
        var neg = model.Graph.Nodes[1];
        var output = neg.Output;
        var edit = new GraphEdit(model.Graph, "swap");
        edit.Remove(neg);
        edit.AddNode("Abs", [model.Graph.Nodes[0].Output], [output]);

        _context.Apply(edit);

        GraphVerifier.Verify(model).ShouldBeEmpty();
        output.Producer!.OpType.ShouldBe("Abs");
    }

    [Fact]
    public void RemovingANodeFreesWhatItsNestedGraphsRead()
    {
        using var model = BuiltModels.Control();
        var (relu, choice, loop) = (model.Graph.NodesOf("Relu")[0], model.Graph.NodesOf("If")[0], model.Graph.NodesOf("Loop")[0]);
        var edit = new GraphEdit(model.Graph, "drop");
        edit.SetInput(loop, 2, relu.Output);
        edit.Remove(choice);

        _context.Apply(edit);

        GraphVerifier.Verify(model).ShouldBeEmpty();
        relu.Output.Consumers.ShouldBe([loop]);
        model.Graph.Initializers[0].IsUsed.ShouldBeFalse();
    }

    [Fact]
    public void ReplacingANestedGraphFreesWhatTheOldOneRead()
    {
        using var model = BuiltModels.Control();
        var choice = model.Graph.NodesOf("If")[0];
        var edit = new GraphEdit(model.Graph, "same branches");
        edit.SetAttribute(choice, "then_branch", choice.Attributes["else_branch"]);
        edit.RemoveAttribute(choice, "else_branch");

        _context.Apply(edit);

        model.Graph.Initializers[0].IsUsed.ShouldBeFalse();
    }

    [Fact]
    public void NewNamesAreUniqueInTheWholeModel()
    {
        using var model = BuiltModels.Control();
        var edit = new GraphEdit(model.Graph, "add");
        var first = edit.AddInitializer("state", Tensor.Scalar(1f));
        var second = edit.AddInitializer("state", Tensor.Scalar(2f));

        _context.Apply(edit);

        new[] { first.Name, second.Name }.ShouldBe(["state_1", "state_2"]);
    }

    [Fact]
    public void TrailingInputsThatAreLeftOutDisappear()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, 4);
        var clip = builder.Node("Clip", [x, null, builder.Initializer("max", Tensor.Scalar(6f))]);
        using var model = builder.Output(clip, "y").Model;
        var edit = new GraphEdit(model.Graph, "no limit");
        edit.SetInput(clip.Producer!, 2, null);

        _context.Apply(edit);

        clip.Producer!.Inputs.ShouldBe([x]);
    }

    [Fact]
    public void AContextStopsAfterItsLastEdit()
    {
        using var model = Chain("Relu");
        var context = new PassContext(stopAfter: 1);

        context.Apply(new GraphEdit(model.Graph, "first")).ShouldBeTrue();
        var second = new GraphEdit(model.Graph, "second");
        second.Remove(model.Graph.Nodes[0]);

        context.Apply(second).ShouldBeFalse();
        model.Graph.Nodes.Count.ShouldBe(1);
        context.Log.Select(entry => entry.Label).ShouldBe(["first"]);
    }

    private static Model Chain(params string[] operators)
    {
        var builder = new GraphBuilder(17);
        var value = builder.Input("x", ElementType.Float32, 4);
        foreach (var type in operators)
            value = builder.Node(type, [value]);
        return builder.Output(value, "y", new TensorType(ElementType.Float32, Shape.Of(4))).Model;
    }

    private static int IndexOf(Model model, Node node) => model.Graph.Nodes.ToList().IndexOf(node);
}
