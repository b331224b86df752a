using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using ModelCompiler.Calibration;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Calibrates by running samples through ONNX Runtime, one after the other: memory holds the values of one sample, of two where they are small.</summary>
/// <param name="samples">Read anew at every observation, so that they need not be kept.</param>
public sealed class SampleCalibration(IEnumerable<Sample> samples) : ICalibration
{
    private const int MostFew = 32;

    public bool IsTypical { get; init; } = true;

    /// <summary>A few samples that stand for all of them; the first ones where nothing else is said.</summary>
    public IEnumerable<Sample> Few { get => field ?? samples; init; }

    public void Observe(Model model, IReadOnlyDictionary<Value, IReadOnlyList<IActivationObserver>> observers)
    {
        if (observers.Count == 0)
            return;
        var byName = observers.ToDictionary(pair => pair.Key.Name, pair => pair.Value, StringComparer.Ordinal);
        using var running = ValueObserver.Of(model, observers.Keys, ExecutionOptions.Optimized with { KeepsMemory = false });
        ObservedRuns.Show(running, samples.Select(sample => sample.Inputs), values => Show(values, byName));
    }

    /// <summary>Values are looked at side by side, each by its own observers in order: what they keep does not depend on the number of processors.</summary>
    private static void Show(IReadOnlyList<KeyValuePair<string, Tensor>> values, IReadOnlyDictionary<string, IReadOnlyList<IActivationObserver>> observers)
    {
        try
        {
            Parallel.ForEach(Partitioner.Create(values, EnumerablePartitionerOptions.NoBuffering), value =>
            {
                foreach (var observer in observers[value.Key])
                    observer.Observe(value.Value);
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    public ICalibration FewOf(int part, int parts) => new SampleCalibration(Few.Take(MostFew).Where((_, index) => index % parts == part)) { IsTypical = IsTypical };

    public IReferenceOutputs OutputsOf(Model model) => ReferenceOutputs.Of(model, Few);
}
