using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ModelCompiler.Tests.Execution;

/// <summary>What listeners hear of a model: while they listen, runs of other tests would allocate.</summary>
[Collection(Alone.Name)]
public sealed class ModelTelemetryTests : IDisposable
{
    private const string Model = "listened-to";

    private readonly MeterListener _meters = new();
    private readonly ConcurrentQueue<(string Instrument, string? Unit, double Value, Dictionary<string, object?> Tags)> _measured = new();

    public ModelTelemetryTests()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ModelTelemetry.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _meters.Start();
    }

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task LoadsRunsAndTheQueueAreMeasured()
    {
        using var session = Load();
        await session.RunAsync(token => Run(session, token), TestContext.Current.CancellationToken);

        _measured.Select(measured => measured.Instrument).ShouldBe(
            ["modelcompiler.load.duration", "modelcompiler.run.queue", "modelcompiler.run.queue", "modelcompiler.run.duration"]);
        _measured.ShouldAllBe(measured => Equals(measured.Tags["modelcompiler.model"], Model));
        var run = _measured.Last();
        run.Unit.ShouldBe("s");
        run.Value.ShouldBeGreaterThan(0);
        run.Tags["modelcompiler.provider"].ShouldBe("CPU");
        run.Tags.ShouldNotContainKey("error.type");
    }

    [Fact]
    public void AFailureSaysItsType()
    {
        using var session = Load();
        using var call = session.Rent();
        call.SetInput<float>(0, [1, 2, 3]);
        call.Run();
        Should.Throw<ModelLoadException>(() => ModelSession.Load(Definition(), ModelSource.File("no/such.onnx")));

        _measured.Last().Instrument.ShouldBe("modelcompiler.load.duration");
        _measured.Last().Tags["error.type"].ShouldBe(typeof(ModelLoadException).FullName);
    }

    [Fact]
    public void EveryProviderThatIsGivenUpInARunIsCounted()
    {
        using var backend = new FaultyBackend();
        using var session = ModelSession.Load(
            Definition("NOCREATE", "FAILS@1", "NAN@1"), ModelSource.Bytes(Doubling), new LoadOptions(), static _ => { }, backend);
        Run(session, CancellationToken.None);

        var fallbacks = _measured.Where(measured => measured.Instrument == "modelcompiler.provider.fallbacks").ToArray();
        fallbacks.ShouldAllBe(fallback => fallback.Value == 1);
        fallbacks.Select(fallback => fallback.Tags["modelcompiler.provider"]).ShouldBe(["FAILS@1", "NAN@1"]);
        _measured.Last().Tags["modelcompiler.provider"].ShouldBe("CPU");
    }

    [Fact]
    public void RunsAreActivities()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ModelTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("modelcompiler.model"), Model))
                    ended.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var session = Load();
        Run(session, CancellationToken.None);

        ended.Select(activity => activity.OperationName).ShouldBe([$"load {Model}", $"run {Model}"]);
        ended.ShouldAllBe(activity => activity.Status == ActivityStatusCode.Unset);
    }

    private static readonly byte[] Doubling = new TinyModel().Input("x", TinyModel.Float, 3).Output("y", TinyModel.Float, 3).Node("Add", ["x", "x"], "y").ToBytes();

    private static ModelSession Load() => ModelSession.Load(Definition(), ModelSource.Bytes(Doubling));

    private static ModelDefinition Definition(params string[] providers) => new(Model)
    {
        Inputs = [TensorSpec.Of<float>("x", 3)],
        Outputs = [TensorSpec.Of<float>("y", 3)],
        Profiles = [new ModelProfile("any") { Providers = [.. providers.Select(provider => new ExecutionProvider(provider))] }],
    };

    private static float Run(ModelSession session, CancellationToken token)
    {
        using var call = session.Rent();
        call.SetInput<float>(0, [1, 2, 3]);
        call.Run(token);
        return call.Output<float>(0)[0];
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var named = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, tag) in tags)
            named[name] = tag;
        if (Equals(named.GetValueOrDefault("modelcompiler.model"), Model))
            _measured.Enqueue((instrument.Name, instrument.Unit, value, named));
    }
}
