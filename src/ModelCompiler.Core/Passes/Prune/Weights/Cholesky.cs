using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>H = L·Lᵀ with a lower triangular L, for symmetric positive definite H by rows.</summary>
internal static class Cholesky
{
    /// <summary>The lower half of H becomes L. False where H is not positive definite.</summary>
    public static bool Decompose(Span<double> matrix, int size)
    {
        for (var row = 0; row < size; row++)
        {
            var current = matrix.Slice(row * size, row + 1);
            for (var column = 0; column < row; column++)
            {
                var rest = TensorPrimitives.Dot<double>(current[..column], matrix.Slice(column * size, column));
                current[column] = (current[column] - rest) / matrix[(column * size) + column];
            }

            var pivot = current[row] - TensorPrimitives.SumOfSquares<double>(current[..row]);
            if (!(pivot > 0) || !double.IsFinite(pivot))
                return false;
            current[row] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>x of H·x = b takes the place of b.</summary>
    public static void Solve(ReadOnlySpan<double> lower, int size, Span<double> vector)
    {
        for (var row = 0; row < size; row++)
            vector[row] = (vector[row] - TensorPrimitives.Dot(lower.Slice(row * size, row), vector[..row])) / lower[(row * size) + row];
        for (var row = size - 1; row >= 0; row--)
        {
            vector[row] /= lower[(row * size) + row];
            TensorPrimitives.MultiplyAdd(lower.Slice(row * size, row), -vector[row], vector[..row], vector[..row]);
        }
    }
}
