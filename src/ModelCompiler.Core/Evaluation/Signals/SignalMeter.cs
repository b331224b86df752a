using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Signals;

/// <summary>
/// SI-SDR of outputs that may be signals, such as sound: against the outputs that the data set expects, and of the compiled model against the original. Of several
/// outputs the worst is told, as signal to noise is. It judges nothing: what a decibel is worth, only the listener knows.
/// </summary>
/// <param name="states">Outputs that are handed to the next run, and are no signal.</param>
public sealed class SignalMeter(IReadOnlySet<string> states) : IOutputMetric
{
    /// <summary>A few numbers are hardly a signal, and a single one never differs but in scale.</summary>
    private const int FewestNumbers = 16;

    private readonly SortedDictionary<string, PairedMeans> _toTarget = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PairedMeans> _toOriginal = new(StringComparer.Ordinal);

    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        foreach (var (name, output) in original)
        {
            if (states.Contains(name) || !output.Type.IsFloatingPoint() || output.Count < FewestNumbers)
                continue;
            var (before, after) = (Numbers(output), Numbers(compiled[name]));
            Add(_toOriginal, name, ScaleInvariantRatio.Of(before, before), ScaleInvariantRatio.Of(before, after));
            if (sample.Targets.TryGetValue(name, out var target) && target.Count == output.Count)
                Add(_toTarget, name, ScaleInvariantRatio.Of(Numbers(target), before), ScaleInvariantRatio.Of(Numbers(target), after));
        }
    }

    public Accuracy? Result() => null;

    public IReadOnlyList<Measurement> Beside()
    {
        var measured = new List<Measurement>();
        if (Worst(_toTarget) is { } target)
            measured.Add(Ratio("SI-SDR", target) with { PValue = target.RandomizationTest() });
        if (Worst(_toOriginal) is { } original)
            measured.Add(Ratio("SI-SDR to the original", original).ToOriginal());
        return measured;
    }

    private static void Add(SortedDictionary<string, PairedMeans> outputs, string name, double? original, double? compiled)
    {
        if (original is not { } before || compiled is not { } after)
            return;
        if (!outputs.TryGetValue(name, out var ratios))
            outputs[name] = ratios = new PairedMeans();
        ratios.Add(before, after);
    }

    private static PairedMeans? Worst(SortedDictionary<string, PairedMeans> outputs) => outputs.Values.MinBy(ratios => ratios.Compiled);

    private static Measurement Ratio(string name, PairedMeans ratios) => Measurement.Of(name, MeasureUnit.Decibels, higherIsBetter: true, ratios.Figure());

    private static double[] Numbers(Tensor tensor) => Array.ConvertAll(tensor.ToFloats(), value => (double)value);
}
