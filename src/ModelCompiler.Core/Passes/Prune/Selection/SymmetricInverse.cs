using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>The inverse of a symmetric positive definite matrix.</summary>
internal static class SymmetricInverse
{
    /// <summary>H⁻¹ = Uᵀ·U, by rows; null where H is not positive definite.</summary>
    public static double[]? Of(ReadOnlySpan<double> symmetric, int size)
    {
        if (InverseFactor.Of(symmetric, size) is not { } factor)
            return null;
        var inverse = new double[size * size];
        for (var k = 0; k < size; k++)
        {
            // Row k of U begins at its diagonal: it adds to the rows from there on.
            var row = factor.AsSpan(k * size, size);
            for (var i = k; i < size; i++)
            {
                var target = inverse.AsSpan((i * size) + k, size - k);
                TensorPrimitives.MultiplyAdd(row[k..], row[i], target, target);
            }
        }

        return inverse;
    }
}
