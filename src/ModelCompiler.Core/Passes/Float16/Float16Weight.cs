using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>Constants in float16.</summary>
internal static class Float16Weight
{
    /// <summary>The greatest float16.</summary>
    private const float Greatest = 65504;

    /// <summary>The least float16 above 0, a subnormal number.</summary>
    private const float Least = 5.9604645e-8f;

    /// <summary>False where a number is beyond the greatest float16, infinite or NaN.</summary>
    // MaxMagnitude hands NaN on.
    public static bool Fits(Tensor tensor) => tensor.Count == 0 || MathF.Abs(TensorPrimitives.MaxMagnitude(tensor.Span<float>())) <= Greatest;

    /// <summary>The nearest float16 of each number; one that would become 0 and is not becomes the least there is, since something may be divided by it, and is counted.</summary>
    public static (Tensor Halves, int Raised) Narrow(Tensor tensor)
    {
        var floats = tensor.Span<float>();
        var halves = new Half[floats.Length];
        var raised = 0;
        for (var i = 0; i < floats.Length; i++)
        {
            halves[i] = (Half)floats[i];
            if (floats[i] == 0 || Math.Abs(floats[i]) >= Least)
                continue;
            halves[i] = (Half)MathF.CopySign(Least, floats[i]);
            raised++;
        }

        var data = new ManagedTensorData(MemoryMarshal.AsBytes(halves.AsSpan()).ToArray());
        return (new Tensor(ElementType.Float16, tensor.Dims, data) { ExternalFile = tensor.ExternalFile }, raised);
    }
}
