namespace ModelCompiler.Tests.Loading;

public class LoadOptionsTests
{
    private static readonly byte[] Doubling = new TinyModel().Input("x", TinyModel.Float, 1, 3).Output("y", TinyModel.Float, 1, 3).Node("Add", ["x", "x"], "y").ToBytes();

    [Fact]
    public void AProfileCanBeChosenByName()
    {
        using var session = ModelSession.Load(Definition, ModelSource.Bytes(Doubling), new LoadOptions { Profile = "second" });
        session.Report.Profile.ShouldBe("second");
        Should.Throw<ModelLoadException>(() => ModelSession.Load(Definition, ModelSource.Bytes(Doubling), new LoadOptions { Profile = "thrid" }))
            .Message.ShouldBe("The model 'm' has no profile 'thrid'; it was compiled for first, second.");
    }

    [Fact]
    public async Task NoMoreRunsThanSaidWorkAtATime()
    {
        using var session = ModelSession.Load(Definition, ModelSource.Bytes(Doubling), new LoadOptions { MaxConcurrentRuns = 2 });
        using var release = new SemaphoreSlim(0);
        using var entered = new SemaphoreSlim(0);
        var running = 0;
        var token = TestContext.Current.CancellationToken;
        var runs = Enumerable.Range(0, 6).Select(_ => session.RunAsync(
            _ =>
            {
                var now = Interlocked.Increment(ref running);
                entered.Release();
                release.Wait(token);
                Interlocked.Decrement(ref running);
                return now;
            },
            token)).ToArray();
        await entered.WaitAsync(token);
        await entered.WaitAsync(token);

        Volatile.Read(ref running).ShouldBe(2);
        release.Release(6);
        (await Task.WhenAll(runs)).ShouldAllBe(count => count <= 2);
    }

    [Fact]
    public void ValuesThatMakeNoSenseAreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new LoadOptions { MaxConcurrentRuns = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new LoadOptions { ProviderTimeLimit = TimeSpan.Zero });
        Should.Throw<ArgumentOutOfRangeException>(() => new LoadOptions { ProviderTimeLimit = TimeSpan.FromDays(3) });
        new LoadOptions { ProviderTimeLimit = Timeout.InfiniteTimeSpan }.ProviderTimeLimit.ShouldBe(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void WarmingUpRunsOverZeros()
    {
        using var session = ModelSession.Load(Definition, ModelSource.Bytes(Doubling));
        session.WarmUp();
        using var call = session.Rent();
        call.SetInput<float>(0, [1, 2, 3]);
        call.Run();
        call.Output<float>(0).ToArray().ShouldBe([2f, 4f, 6f]);
    }

    [Fact]
    public void WarmingUpTakesOneSampleWhereTheBatchIsOpenAndAnEmptyState()
    {
        var model = new TinyModel().Input("x", TinyModel.Float, "n", 3).Input("h", TinyModel.Float, 2).Output("y", TinyModel.Float, "n", 3).Output("hn", TinyModel.Float, 2).Node("Add", ["x", "x"], "y").Node("Add", ["h", "h"], "hn").ToBytes();
        ModelDefinition Open(params long[] shape) => new("open")
        {
            Inputs = [TensorSpec.Of<float>("x", shape), TensorSpec.Of<float>("h", 2)],
            Outputs = [TensorSpec.Of<float>("y", shape), TensorSpec.Of<float>("hn", 2)],
            States = [new StateSpec(1, 1, 2)],
        };

        using var session = ModelSession.Load(Open(-1, 3), ModelSource.Bytes(model));
        session.WarmUp();
        using var unknown = ModelSession.Load(Open(-1, -1), ModelSource.Bytes(model));
        Should.Throw<InvalidOperationException>(unknown.WarmUp).Message.ShouldContain("run the model over values of your own");
    }

    [Theory]
    [InlineData(1, "too new")]
    [InlineData(3, "too old")]
    public void AClassOfAnotherVersionIsRefused(int form, string reason)
    {
        var message = Should.Throw<ModelLoadException>(() => GeneratedCode.Require(form, "9.8.7")).Message;
        message.ShouldContain("ModelCompiler 9.8.7");
        message.ShouldContain(reason);
        message.ShouldContain("build it again");
    }

    private static ModelDefinition Definition { get; } = new("m")
    {
        Inputs = [TensorSpec.Of<float>("x", 1, 3)],
        Outputs = [TensorSpec.Of<float>("y", 1, 3)],
        Profiles = [new ModelProfile("first"), new ModelProfile("second")],
    };
}
