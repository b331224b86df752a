using System.Numerics.Tensors;
using ModelCompiler.Graphs;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Evaluation.Embeddings;

/// <summary>Reads an output as an embedding: the direction of one vector.</summary>
internal static class Direction
{
    /// <summary>Whether the output is one vector of floats, with any number of axes of length 1 around it.</summary>
    public static bool IsVector(Tensor output) => output.Type.IsFloatingPoint() && output.Count > 1 && output.Dims.ToArray().Count(size => size != 1) == 1;

    /// <summary>The vector at unit length; null where it has no direction, being 0 or not finite.</summary>
    public static float[]? Of(Tensor output)
    {
        var values = output.ToFloats();
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude(values));   // hands NaN on
        if (!float.IsFinite(largest) || largest == 0)
            return null;
        TensorPrimitives.Divide(values, largest, values);       // so that no square overflows
        TensorPrimitives.Divide(values, TensorPrimitives.Norm(values), values);
        return values;
    }
}
