using System.Numerics.Tensors;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>The least and greatest number seen in any sample; NaN where one was seen.</summary>
public sealed class MinMaxEstimator : IRangeEstimator
{
    public ValueRange? Range { get; private set; }

    public void Observe(Tensor sample)
    {
        if (sample.Count == 0)
            return;
        var floats = sample.Type == ElementType.Float32 ? sample.Span<float>() : sample.ToFloats();
        var seen = new ValueRange(TensorPrimitives.Min(floats), TensorPrimitives.Max(floats));
        Range = Range?.Union(seen) ?? seen;
    }
}
