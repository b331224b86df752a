using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ModelCompiler.Passes;

/// <summary>The least and the greatest number that a value took, in its own unit.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ValueRange(double Min, double Max)
{
    public bool IsFinite => double.IsFinite(Min) && double.IsFinite(Max);

    /// <summary>The least and the greatest of some numbers, at least one.</summary>
    public static ValueRange Of(ReadOnlySpan<float> values) => new(TensorPrimitives.Min(values), TensorPrimitives.Max(values));

    public ValueRange Union(ValueRange other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));
}
