using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>The least and greatest number seen in any sample; NaN where one was seen.</summary>
public sealed class MinMaxEstimator : IRangeEstimator, IStoredObserver
{
    public ValueRange? Range { get; private set; }

    string IStoredObserver.Kind => "least and greatest";

    void IStoredObserver.Save(BinaryWriter writer) => writer.Write(Range);

    void IStoredObserver.Load(BinaryReader reader) => Range = reader.ReadRange();

    public void Observe(Tensor sample)
    {
        if (sample.Count == 0)
            return;
        var floats = sample.Type == ElementType.Float32 ? sample.Span<float>() : sample.ToFloats();
        Include(ValueRange.Of(floats));
    }

    public void Join(IRangeEstimator other)
    {
        if (other.Range is { } seen)
            Include(seen);
    }

    private void Include(ValueRange seen) => Range = Range?.Union(seen) ?? seen;
}
