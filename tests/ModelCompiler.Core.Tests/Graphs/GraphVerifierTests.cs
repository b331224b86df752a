using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Graphs;

public sealed class GraphVerifierTests
{
    private readonly GraphBuilder _builder = new(17);
    private readonly Value _x;
    private readonly Value _h;
    private readonly Value _y;

    public GraphVerifierTests()
    {
        _x = _builder.Input("x", ElementType.Float32, 4);
        _h = _builder.Node("Relu", [_x]);
        _y = _builder.Node("Neg", [_h]);
        _builder.Output(_y, "y");
    }

    [Fact]
    public void ASoundModelHasNoProblems()
    {
        using var control = BuiltModels.Control();

        GraphVerifier.Verify(_builder.Model).ShouldBeEmpty();
        GraphVerifier.Verify(control).ShouldBeEmpty();
    }

    [Fact]
    public void ARemovedProducerIsMissed()
    {
        _builder.Model.Graph.RemoveNode(_h.Producer!);

        ShouldFind("reads 'Relu', which nothing before it makes");
    }

    [Fact]
    public void AnOutputWithoutAProducerIsMissed()
    {
        _builder.Model.Graph.RemoveNode(_y.Producer!);

        ShouldFind("the output 'y' of graph 'graph' is made by no node");
    }

    [Fact]
    public void ACycleIsFound()
    {
        _h.Producer!.SetInput(1, _y);
        _builder.Model.Graph.OrderChanged();

        ShouldFind("has a cycle");
    }

    [Fact]
    public void TwoValuesOfOneNameAreFound()
    {
        _h.Name = "x";

        ShouldFind("two values are named 'x'");
    }

    [Fact]
    public void AnInitializerWithoutDataIsFound()
    {
        _builder.Initializer("w", Tensor.Scalar(1f)).Initializer = null;

        ShouldFind("the initializer 'w' has no data");
    }

    [Fact]
    public void AReaderThatTheValueDoesNotKnowIsFound()
    {
        _h.RemoveUse(_h.Uses[0]);

        ShouldFind("'Relu' is read 1 times and knows of 0");
    }

    [Fact]
    public void AReaderThatDoesNotReadIsFound()
    {
        _x.AddUse(new Use(_y.Producer!, 0));

        ShouldFind("'x' believes to be input 0 of Neg → 'y'");
    }

    [Fact]
    public void AForgottenOutputListingIsFound()
    {
        _h.OutputListings = 1;

        ShouldFind("'Relu' is listed as output 0 times and knows of 1");
    }

    [Fact]
    public void AStolenOutputIsFound()
    {
        _h.Producer = _y.Producer;

        ShouldFind("'Relu' is not known to be made by Relu");
    }

    [Fact]
    public void AValueOfANestedGraphCannotBeReadOutside()
    {
        Value? inner = null;
        var flag = _builder.Input("flag", ElementType.Bool);
        var branch = _builder.Nested("branch", nested => nested.Output(inner = nested.Node("Abs", [_x])));
        _builder.Node("If", [flag], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["then_branch"] = branch });
        _y.Producer!.SetInput(0, inner);

        ShouldFind("reads 'Abs', which nothing before it makes");
    }

    [Fact]
    public void ANestedGraphOfAnotherGraphIsFound()
    {
        using var other = BuiltModels.Control();
        _y.Producer!.SetAttribute("body", other.Graph.NodesOf("Loop")[0].Attributes["body"]);

        ShouldFind("the graph nested in Neg → 'y' belongs to another graph");
    }

    private void ShouldFind(string problem) => GraphVerifier.Verify(_builder.Model).ShouldContain(found => found.Contains(problem, StringComparison.Ordinal));
}
