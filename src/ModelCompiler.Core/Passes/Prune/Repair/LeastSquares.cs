using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>The weights with which a layer comes closest to its targets: W = (C_yx + λ·W₀)·(C_xx + λ·I)⁻¹, and b = E[y] − W·E[x].</summary>
/// <remarks>
/// C are covariances where the layer adds a bias, else second moments. λ = 0.01·mean(diag(C_xx)) pulls weights that the samples say nothing of
/// to what they were (ridge regression around W₀).
/// </remarks>
internal static class LeastSquares
{
    private const double Ridge = 0.01;

    /// <summary>Null where the samples do not determine anything: too few, or not finite.</summary>
    /// <param name="moments">What was seen.</param>
    /// <param name="weights">W₀, outputs × columns; the new weights take its place.</param>
    /// <param name="hasBias">Whether the layer adds one constant to each output.</param>
    /// <returns>The new biases; all 0 for a layer that adds none.</returns>
    public static double[]? Solve(RegressionMoments moments, double[] weights, bool hasBias)
    {
        moments.SumUp();
        if (!moments.IsUsable || moments.Count < 2)
            return null;
        var biases = new double[moments.TargetSums.Length];
        var length = moments.OutputsOfGroup * moments.Columns;
        for (var group = 0; group < moments.Groups; group++)
        {
            if (!Solve(moments, group, weights.AsSpan(group * length, length), biases.AsSpan(group * moments.OutputsOfGroup, moments.OutputsOfGroup), hasBias))
                return null;
        }

        return biases;
    }

    private static bool Solve(RegressionMoments moments, int group, Span<double> weights, Span<double> biases, bool hasBias)
    {
        var (size, outputs) = (moments.Columns, moments.OutputsOfGroup);
        var inputs = Means(moments.InputSums.AsSpan(group * size, size), moments.Count, hasBias);
        var targets = Means(moments.TargetSums.AsSpan(group * outputs, outputs), moments.Count, hasBias);
        var squares = Covariance(moments.Squares[group], inputs, moments.Count);
        var ridge = Ridge * Trace(squares, size) / size;
        if (!double.IsFinite(ridge))
            return false;
        for (var i = 0; i < size; i++)
            squares[(i * size) + i] += ridge > 0 ? ridge : 1;
        if (InverseFactor.Of(squares, size) is not { } factor)
            return false;

        for (var output = 0; output < outputs; output++)
        {
            var row = weights.Slice(output * size, size);
            var goal = new double[size];
            for (var i = 0; i < size; i++)
                goal[i] = (moments.Products[group][(output * size) + i] / moments.Count) - (targets[output] * inputs[i]) + (ridge * row[i]);
            Multiply(goal, factor, size, row);
            biases[output] = targets[output] - TensorPrimitives.Dot<double>(row, inputs);
        }

        return true;
    }

    /// <summary>goal·H⁻¹ = (goal·Uᵀ)·U.</summary>
    private static void Multiply(ReadOnlySpan<double> goal, double[] factor, int size, Span<double> result)
    {
        result.Clear();
        for (var k = 0; k < size; k++)
        {
            var row = factor.AsSpan((k * size) + k, size - k);
            TensorPrimitives.MultiplyAdd(row, TensorPrimitives.Dot(goal[k..], row), result[k..], result[k..]);
        }
    }

    private static double[] Means(ReadOnlySpan<double> sums, long count, bool hasBias)
    {
        var means = new double[sums.Length];
        if (hasBias)
            TensorPrimitives.Divide(sums, count, means);
        return means;
    }

    /// <summary>E[x·xᵀ] − E[x]·E[x]ᵀ from the upper half of Σx·xᵀ.</summary>
    private static double[] Covariance(double[] squares, double[] means, long count)
    {
        var size = means.Length;
        var covariance = new double[squares.Length];
        for (var row = 0; row < size; row++)
        {
            for (var column = row; column < size; column++)
                covariance[(row * size) + column] = covariance[(column * size) + row] = (squares[(row * size) + column] / count) - (means[row] * means[column]);
        }

        return covariance;
    }

    private static double Trace(double[] matrix, int size)
    {
        var trace = 0.0;
        for (var i = 0; i < size; i++)
            trace += matrix[(i * size) + i];
        return trace;
    }
}
