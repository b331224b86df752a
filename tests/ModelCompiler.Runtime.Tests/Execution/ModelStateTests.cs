namespace ModelCompiler.Tests.Execution;

public class ModelStateTests
{
    private static readonly float[] One = [1];

    [Fact]
    public void AStateOfAnotherModelIsRefused()
    {
        using var session = Counter("one");
        using var other = Counter("other");
        using var call = session.Rent();

        Should.Throw<ArgumentException>(() => call.SetState(other.CreateState())).Message.ShouldContain("The state is of the model 'other' and not of 'one'");
    }

    [Fact]
    public void AFailedRunLeavesTheStateAsItWas()
    {
        using var session = Counter("one");
        var state = session.CreateState();
        Count(session, state).ShouldBe(0);
        using (var call = session.Rent())
        {
            call.SetState(state);
            Should.Throw<InvalidOperationException>(() => call.Run()).Message.ShouldContain("'x' float [1] was not set");
        }

        Count(session, state).ShouldBe(1);
    }

    [Fact]
    public void AfterWarmUpAStateAllocatesNothing()
    {
        using var session = Counter("one");
        var state = session.CreateState();

        Allocation.Of(() => Count(session, state)).ShouldBe(0);
    }

    /// <summary>Answers what it remembers, and remembers one more.</summary>
    private static ModelSession Counter(string name) => ModelSession.Load(
        new ModelDefinition(name)
        {
            Inputs = [TensorSpec.Of<float>("x", 1), TensorSpec.Of<float>("h", 1)],
            Outputs = [TensorSpec.Of<float>("y", 1), TensorSpec.Of<float>("hn", 1)],
            States = [new StateSpec(1, 1, 1)],
        },
        ModelSource.Bytes(new TinyModel().Input("x", TinyModel.Float, 1).Input("h", TinyModel.Float, 1).Output("y", TinyModel.Float, 1).Output("hn", TinyModel.Float, 1)
            .Node("Identity", ["h"], "y").Node("Add", ["h", "x"], "hn").ToBytes()));

    private static float Count(ModelSession session, ModelState state)
    {
        using var call = session.Rent();
        call.SetInput<float>(0, One);
        call.SetState(state);
        call.Run();
        call.KeepState(state);
        return call.Output<float>(0)[0];
    }
}
