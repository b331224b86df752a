using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>Collects the histogram of a value and leaves the range to a rule. A value that was only ever 0, or was not finite, keeps the range that was seen.</summary>
internal sealed class HistogramEstimator(IRangeRule rule) : IRangeEstimator, IStoredObserver
{
    private readonly Histogram _histogram = new();
    private ValueRange? _decided;

    public ValueRange? Range => _decided ??= _histogram.Seen is { IsFinite: true } && _histogram.NonZeros > 0 ? rule.RangeOf(_histogram) : _histogram.Seen;

    /// <summary>Whatever the rule: it reads the same histogram.</summary>
    public string Kind => "histogram";

    public void Save(BinaryWriter writer) => _histogram.Save(writer);

    public void Load(BinaryReader reader) => _histogram.Load(reader);

    public void Observe(Tensor sample)
    {
        _decided = null;
        _histogram.Add(sample.Type == ElementType.Float32 ? sample.Span<float>() : sample.ToFloats());
    }

    public void Join(IRangeEstimator other)
    {
        _decided = null;
        _histogram.Add(((HistogramEstimator)other)._histogram);
    }
}
