using ModelCompiler.Calibration;
using ModelCompiler.Execution;

namespace ModelCompiler.Evaluation;

/// <summary>What running two models over the same samples showed.</summary>
/// <param name="Fidelity">How close their outputs are.</param>
/// <param name="Accuracy">How good each is by the metric of the outputs; null where there was nothing to judge.</param>
public sealed record Comparison(Fidelity Fidelity, Accuracy? Accuracy)
{
    private readonly Lazy<IReadOnlyList<Measurement>>? _measures;

    /// <param name="fidelity">How close their outputs are.</param>
    /// <param name="metric">Has seen all samples.</param>
    internal Comparison(Fidelity fidelity, IOutputMetric metric)
        : this(fidelity, metric.Result()) =>
        _measures = new Lazy<IReadOnlyList<Measurement>>(() => [.. Accuracy is { } accuracy ? [Measurement.Of(accuracy)] : Array.Empty<Measurement>(), .. metric.Beside()]);

    /// <summary>What is answered differently; null where no output looks like scores of classes, or where there is but one model.</summary>
    public AnswerChanges? Changes { get; init; }

    public int Samples => Fidelity.Samples;

    /// <summary>All metrics that fit the task, <see cref="Accuracy"/> first. Computed when it is first asked for.</summary>
    public IReadOnlyList<Measurement> Measures => _measures?.Value ?? [];
}

/// <summary>Runs models over samples, one sample at a time: memory does not depend on their number.</summary>
public static class SideBySide
{
    /// <summary>Runs the original and the compiled model. Outputs that are no tensors are left out.</summary>
    /// <param name="original">The reference.</param>
    /// <param name="compiled">A model with the same inputs and outputs.</param>
    /// <param name="samples">Read as they are needed.</param>
    /// <param name="metric">What the outputs mean, a new one; null counts right best classes.</param>
    /// <param name="progress">Told the number of samples done.</param>
    /// <exception cref="Contract.DiagnosticException">MC1010 a run fails; MC3001 an output is missing or of another shape; and what the data set throws.</exception>
    public static Comparison Run(OrtModel original, OrtModel compiled, IEnumerable<Sample> samples, IOutputMetric? metric = null, IProgress<int>? progress = null) =>
        Compare(samples.Select(sample => sample with { ExpectedOutputs = original.Run(sample.Inputs, original.ReadableOutputs) }), compiled, metric, progress);

    /// <summary>Runs the compiled model over samples whose expected outputs are the original's.</summary>
    /// <exception cref="Contract.DiagnosticException">As for two models.</exception>
    public static Comparison Compare(IEnumerable<Sample> answered, OrtModel compiled, IOutputMetric? metric = null, IProgress<int>? progress = null)
    {
        var fidelity = new FidelityMeter();
        var changes = new AnswerChangeMeter();
        metric ??= new Top1AccuracyMeter();
        var done = 0;
        foreach (var sample in answered)
        {
            var actual = compiled.Run(sample.Inputs, compiled.ReadableOutputs);
            fidelity.Add(sample.ExpectedOutputs, actual);
            metric.Add(sample, sample.ExpectedOutputs, actual);
            changes.Add(done, sample, sample.ExpectedOutputs, actual);
            progress?.Report(++done);
        }

        return new Comparison(fidelity.Result(), metric) { Changes = changes.Result() };
    }

    /// <summary>Runs one model against what the data set says: its labels, and the outputs that it expects.</summary>
    /// <exception cref="Contract.DiagnosticException">As for two models.</exception>
    public static Comparison Run(OrtModel model, IEnumerable<Sample> samples, IOutputMetric? metric = null, IProgress<int>? progress = null)
    {
        var fidelity = new FidelityMeter();
        metric ??= new Top1AccuracyMeter();
        var done = 0;
        foreach (var sample in samples)
        {
            var outputs = model.Run(sample.Inputs, model.ReadableOutputs);
            fidelity.Add(sample.ExpectedOutputs, outputs);
            metric.Add(sample, outputs, outputs);
            progress?.Report(++done);
        }

        return new Comparison(fidelity.Result(), metric);
    }
}
