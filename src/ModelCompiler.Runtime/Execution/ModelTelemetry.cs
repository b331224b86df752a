using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ModelCompiler;

/// <summary>
/// What models tell of themselves to whoever listens, by .NET's own <see cref="Meter"/> and <see cref="ActivitySource"/>, both of the name <see cref="Name"/>. Names, units and the attribute
/// <c>error.type</c> follow OpenTelemetry's semantic conventions (general metrics guidelines). No values of a model are ever among it, and where nobody listens it costs nothing.
/// </summary>
public static class ModelTelemetry
{
    /// <summary>The name of the meter and of the activity source, to be given to <c>AddMeter</c> and <c>AddSource</c>.</summary>
    public const string Name = "ModelCompiler";

    private const string ModelTag = "modelcompiler.model";
    private const string ProviderTag = "modelcompiler.provider";
    private const string ErrorTag = "error.type";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Activities = new(Name);

    // What collectors take where nothing is said is meant for milliseconds, and runs take from tens of microseconds to seconds.
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    private static readonly Histogram<double> Loads = Meter.CreateHistogram("modelcompiler.load.duration", "s", "Time to load a model.", tags: null, Seconds);
    private static readonly Histogram<double> Runs = Meter.CreateHistogram("modelcompiler.run.duration", "s", "Time of one run of a model.", tags: null, Seconds);
    private static readonly UpDownCounter<int> Queue = Meter.CreateUpDownCounter<int>("modelcompiler.run.queue", "{run}", "Runs that wait for a worker.");
    private static readonly Counter<int> Fallbacks = Meter.CreateCounter<int>("modelcompiler.provider.fallbacks", "{fallback}", "Execution providers given up after a failed run.");

    internal static Measured StartLoad(ModelDefinition model) => new("load", model, Loads);

    internal static Measured StartRun(ModelDefinition model) => new("run", model, Runs);

    /// <summary>Counts a run as waiting until it is disposed.</summary>
    internal static Wait Waiting(ModelDefinition model) => new(model);

    internal static void FellBack(string model, string provider) => Fallbacks.Add(1, new(ModelTag, model), new(ProviderTag, provider));

    internal readonly struct Wait : IDisposable
    {
        private readonly ModelDefinition _model;

        public Wait(ModelDefinition model)
        {
            _model = model;
            Queue.Add(1, new KeyValuePair<string, object?>(ModelTag, model.Name));
        }

        public void Dispose() => Queue.Add(-1, new KeyValuePair<string, object?>(ModelTag, _model.Name));
    }

    /// <summary>Something that takes time and may fail.</summary>
    internal readonly struct Measured
    {
        private readonly ModelDefinition _model;
        private readonly Histogram<double> _durations;
        private readonly Activity? _activity;
        private readonly long _start;

        public Measured(string operation, ModelDefinition model, Histogram<double> durations)
        {
            _model = model;
            _durations = durations;
            _activity = Activities.HasListeners() ? Activities.StartActivity($"{operation} {model.Name}") : null;
            _start = durations.Enabled ? Stopwatch.GetTimestamp() : 0;
        }

        public void Succeeded(Engine engine) => End(engine, error: null);

        public void Failed(Engine? engine, Exception error) => End(engine, error);

        private void End(Engine? engine, Exception? error)
        {
            if (_activity is null && _start == 0)
                return;

            var tags = new TagList { { ModelTag, _model.Name } };
            if (engine is not null)
                tags.Add(ProviderTag, engine.Preferred);
            if (error is not null)
                tags.Add(ErrorTag, error.GetType().FullName);
            if (_start != 0)
                _durations.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, tags);
            End(_activity, tags, error);
        }

        private static void End(Activity? activity, TagList tags, Exception? error)
        {
            if (activity is null)
                return;
            foreach (var (name, value) in tags)
                activity.SetTag(name, value);
            if (error is not null)
                activity.SetStatus(ActivityStatusCode.Error, error.Message);
            activity.Dispose();
        }
    }
}
