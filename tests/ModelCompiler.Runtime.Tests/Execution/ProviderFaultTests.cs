using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler.Tests.Execution;

/// <summary>Execution providers that fail: the chain ends on the CPU with the right answer, and the report tells the story.</summary>
public sealed class ProviderFaultTests : IDisposable
{
    private readonly FaultyBackend _backend = new();
    private readonly List<SkippedProvider> _told = [];

    public void Dispose() => _backend.Dispose();

    [Theory]
    [InlineData("NOCREATE", 0, "no such device")]
    [InlineData("FAILS@1", 1, "failed in a run")]
    [InlineData("FAILS@3", 3, "failed in a run")]
    [InlineData("NAN@1", 1, "not finite")]
    [InlineData("NAN@3", 3, "not finite")]
    [InlineData("HANGS@1", 1, "no answer within 0.5 s")]
    [InlineData("HANGS@3", 3, "no answer within 0.5 s")]
    [InlineData("STUBBORN@1", 1, "no answer within 0.5 s")]
    [InlineData("STUBBORN@3", 3, "no answer within 0.5 s")]
    public void AFaultyProviderGivesWayToTheCpu(string provider, int asked, string reason)
    {
        using var session = Load([provider]);

        for (var run = 1; run <= 5; run++)
            Doubled(session, run).ShouldBe([2f * run, 4, 6]);

        session.Report.Providers.ShouldBe(["CPU"]);
        var skipped = session.Report.Skipped.ShouldHaveSingleItem();
        skipped.Provider.ShouldBe(provider);
        skipped.Reason.ShouldContain(reason);
        _told.ShouldBe([skipped]);
        _backend.RunsOf(provider).ShouldBe(asked);
    }

    [Fact]
    public void EveryProviderOfTheProfileIsTriedInItsOrder()
    {
        using var session = Load(["NOCREATE", "FAILS@2", "NAN@1", "STUBBORN@1", "GOOD"]);

        Doubled(session, 1).ShouldBe([2f, 4, 6]);
        session.Report.Providers.ShouldBe(["FAILS@2", "NAN@1", "STUBBORN@1", "GOOD", "CPU"]);
        Doubled(session, 2).ShouldBe([4f, 4, 6]);
        session.Report.Providers.ShouldBe(["GOOD", "CPU"]);
        session.Report.Skipped.Select(skipped => skipped.Provider).ShouldBe(["NOCREATE", "FAILS@2", "NAN@1", "STUBBORN@1"]);
    }

    [Fact]
    public void AfterTheProvidersOfAFileComesTheFileForTheCpu()
    {
        var npu = new ModelProfile("npu") { Providers = [new ExecutionProvider("FAILS@2")] };
        EngineChoice[] choices = [new(ModelSource.Bytes(DoublingModel()), npu), new(ModelSource.Bytes(DoublingModel()), new ModelProfile("cpu"))];
        var chain = new EngineChain(Doubling([]), choices, static _ => { }, _backend);
        using var engines = new EngineLadder("doubling", chain, notify: null);

        engines.Report().Profile.ShouldBe("npu");
        var next = engines.After(engines.Current).ShouldNotBeNull();
        engines.Settle([new EngineDoubt(engines.Current, "failed")], notFinite: false);

        engines.Current.ShouldBeSameAs(next);
        engines.Report().ToString().ShouldContain("(profile cpu) on CPU; not used: FAILS@2 (failed)");
        engines.After(next).ShouldBeNull();
    }

    [Fact]
    public void AnInputThatIsToBlameCostsNoProviderItsPlace()
    {
        using var session = Load(["GOOD"]);

        Doubled(session, float.NaN)[0].ShouldBe(float.NaN);
        Doubled(session, 1).ShouldBe([2f, 4, 6]);

        session.Report.Providers.ShouldBe(["GOOD", "CPU"]);
        session.Report.Skipped.ShouldBeEmpty();
    }

    [Fact]
    public void WhatFailsOnTheCpuTooIsTheCallersError()
    {
        var definition = new ModelDefinition("gather")
        {
            Inputs = [TensorSpec.Of<float>("x", 3), TensorSpec.Of<long>("i", 1)],
            Outputs = [TensorSpec.Of<float>("y", 1)],
            Profiles = [new ModelProfile("any") { Providers = [new ExecutionProvider("GOOD")] }],
        };
        var bytes = new TinyModel().Input("x", TinyModel.Float, 3).Input("i", TinyModel.Int64, 1).Output("y", TinyModel.Float, 1).Node("Gather", ["x", "i"], "y").ToBytes();
        using var session = ModelSession.Load(definition, ModelSource.Bytes(bytes), new LoadOptions(), static _ => { }, _backend);
        using var call = session.Rent();
        call.SetInput<float>(0, [1, 2, 3]);
        call.SetInput<long>(1, [7]);

        Should.Throw<OnnxRuntimeException>(() => call.Run()).Message.ShouldContain("out of");
        session.Report.Providers.ShouldBe(["GOOD", "CPU"]);
        session.Report.Skipped.ShouldBeEmpty();
    }

    [Fact]
    public void TheReportShowsAProviderThatRunsNothing()
    {
        using var session = Load(["GOOD"]);
        session.Report.Shares.ShouldBeNull();

        Doubled(session, 1);

        session.Report.Shares.ShouldBe([new ProviderShare("GOOD", 0, 0), new ProviderShare("CPU", 1, 1)]);
        session.Report.ToString().ShouldBe("bytes (profile any) on GOOD (0 nodes, 0 %), then CPU (1 node, 100 %)");
    }

    [Fact]
    public void NothingIsLeftInTheTemporaryFolder()
    {
        var before = Directory.GetFiles(Path.GetTempPath(), $"modelcompiler-{Environment.ProcessId}-*").Length;
        using (var session = Load(["GOOD"]))
            Doubled(session, 1);
        Load(["GOOD"]).Dispose();

        Directory.GetFiles(Path.GetTempPath(), $"modelcompiler-{Environment.ProcessId}-*").Length.ShouldBe(before);
    }

    [Fact]
    public void OfManyThreadsThatMeetAFaultNoneGetsAWrongAnswer()
    {
        using var session = Load(["FAILS@40", "NAN@40", "GOOD"]);

        Parallel.For(0, 400, run => Doubled(session, run).ShouldBe([2f * run, 4, 6]));

        session.Report.Providers.ShouldBe(["GOOD", "CPU"]);
        session.Report.Skipped.Select(skipped => skipped.Provider).ShouldBe(["FAILS@40", "NAN@40"]);
    }

    [Fact]
    public void ACancelledRunOnAProviderIsNoFault()
    {
        using var session = Load(["HANGS@1"], limit: TimeSpan.FromMinutes(1));
        using var call = session.Rent();
        using var cancelled = new CancellationTokenSource();
        call.SetInput<float>(0, [1, 2, 3]);
        cancelled.CancelAfter(TimeSpan.FromMilliseconds(20));

        Should.Throw<OperationCanceledException>(() => call.Run(cancelled.Token));
        session.Report.Skipped.ShouldBeEmpty();
    }

    private ModelSession Load(string[] providers, TimeSpan? limit = null) => ModelSession.Load(
        Doubling(providers), ModelSource.Bytes(DoublingModel()), new LoadOptions { ProviderTimeLimit = limit ?? LimitFor(providers), ProviderSkipped = _told.Add }, static _ => { }, _backend);

    /// <summary>Short where something hangs, and ten times as long in a first run; else so long that no busy machine takes a good provider for one that does.</summary>
    private static TimeSpan LimitFor(string[] providers)
    {
        if (!providers.Any(provider => provider.StartsWith("HANGS", StringComparison.Ordinal) || provider.StartsWith("STUBBORN", StringComparison.Ordinal)))
            return TimeSpan.FromMinutes(1);
        return TimeSpan.FromSeconds(providers.Any(provider => provider.EndsWith("@1", StringComparison.Ordinal)) ? 0.05 : 0.5);
    }

    private static ModelDefinition Doubling(string[] providers) => new("doubling")
    {
        Inputs = [TensorSpec.Of<float>("x", 1, 3)],
        Outputs = [TensorSpec.Of<float>("y", 1, 3)],
        Profiles = [new ModelProfile("any") { Providers = [.. providers.Select(provider => new ExecutionProvider(provider))] }],
    };

    private static byte[] DoublingModel() =>
        new TinyModel().Input("x", TinyModel.Float, 1, 3).Output("y", TinyModel.Float, 1, 3).Node("Add", ["x", "x"], "y").ToBytes();

    private static float[] Doubled(ModelSession session, float first)
    {
        using var call = session.Rent();
        call.SetInput<float>(0, [first, 2, 3]);
        call.Run();
        return call.Output<float>(0).ToArray();
    }
}
