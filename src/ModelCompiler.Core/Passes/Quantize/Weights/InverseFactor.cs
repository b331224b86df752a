using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>The upper triangular U with H⁻¹ = Uᵀ·U.</summary>
internal static class InverseFactor
{
    /// <summary>U by rows, found without making H⁻¹: U = R⁻¹ where H = R·Rᵀ. Null where H is not positive definite.</summary>
    public static double[]? Of(ReadOnlySpan<double> symmetric, int size)
    {
        var factor = symmetric.ToArray();
        return Decompose(factor, size) ? Invert(factor, size) : null;
    }

    /// <summary>H becomes the upper triangular R with H = R·Rᵀ: Cholesky's decomposition from the last row up.</summary>
    private static bool Decompose(Span<double> matrix, int size)
    {
        for (var column = size - 1; column >= 0; column--)
        {
            var behind = matrix.Slice((column * size) + column + 1, size - column - 1);
            var pivot = matrix[(column * size) + column] - TensorPrimitives.SumOfSquares<double>(behind);
            if (!(pivot > 0) || !double.IsFinite(pivot))
                return false;
            var root = Math.Sqrt(pivot);
            matrix[(column * size) + column] = root;
            for (var row = 0; row < column; row++)
            {
                var rest = TensorPrimitives.Dot<double>(matrix.Slice((row * size) + column + 1, behind.Length), behind);
                matrix[(row * size) + column] = (matrix[(row * size) + column] - rest) / root;
            }
        }

        return true;
    }

    private static double[] Invert(ReadOnlySpan<double> upper, int size)
    {
        var inverse = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            var solution = inverse.AsSpan(row * size, size);
            solution[row] = 1;
            for (var column = row; column < size; column++)
            {
                solution[column] /= upper[(column * size) + column];
                var rest = solution[(column + 1)..];
                TensorPrimitives.MultiplyAdd(upper.Slice((column * size) + column + 1, rest.Length), -solution[column], rest, rest);
            }
        }

        return inverse;
    }
}
