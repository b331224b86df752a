using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Graphs;

public sealed class ModelCloneTests
{
    [Fact]
    public void AnEditOfTheCopyLeavesTheOriginalAlone()
    {
        using var model = BuiltModels.Control();
        var before = GraphText.Of(model);
        using var copy = model.Clone();
        var edit = new GraphEdit(copy.Graph, "change everything");
        edit.ReplaceUses(copy.Graph.NodesOf("Relu")[0].Output, edit.AddNode("Abs", [copy.Graph.Inputs[0]]).Output);
        edit.SetOpset("", 21);
        edit.SetIrVersion(10);

        new PassContext().Apply(edit);
        copy.Metadata.Clear();

        GraphText.Of(model).ShouldBe(before);
        GraphVerifier.Verify(model).ShouldBeEmpty();
        GraphVerifier.Verify(copy).ShouldBeEmpty();
    }

    [Fact]
    public void WeightsAreShared()
    {
        using var model = BuiltModels.Control();
        using var copy = model.Clone();

        copy.Graph.Initializers[0].Initializer.ShouldBeSameAs(model.Graph.Initializers[0].Initializer);
    }

    [Fact]
    public void NestedGraphsOfTheCopyReadTheCopysValues()
    {
        using var model = BuiltModels.Control();
        using var copy = model.Clone();

        copy.Graph.SelfAndNested.SelectMany(graph => graph.Captures).ShouldAllBe(value => value.Graph.Model == copy);
    }
}
