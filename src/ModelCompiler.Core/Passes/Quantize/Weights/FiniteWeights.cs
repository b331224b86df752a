using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>Whether a weight can be quantized at all.</summary>
internal static class FiniteWeights
{
    // MaxMagnitude hands NaN on.
    public static bool Are(Tensor weight) => weight.Count == 0 || float.IsFinite(TensorPrimitives.MaxMagnitude(weight.Span<float>()));
}
