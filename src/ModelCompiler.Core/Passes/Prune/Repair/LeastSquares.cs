using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>The weights with which a layer comes closest to its targets: W = (C_yx + λ·W₀)·(C_xx + λ·I)⁻¹, and b = E[y] − W·E[x].</summary>
/// <remarks>
/// C are covariances where the layer adds a bias, else second moments. λ = 0.01·mean(diag(C_xx)) pulls weights that the samples say nothing of
/// to what they were (ridge regression around W₀). Layers that share their weights are one: what they saw is added up, and each has its own bias.
/// </remarks>
internal static class LeastSquares
{
    private const double Ridge = 0.01;

    /// <summary>What is lost with other weights than these; null where the samples do not determine anything: too few, or not finite.</summary>
    /// <param name="readers">What was seen of each layer that has these weights.</param>
    /// <param name="weights">W₀, outputs × columns.</param>
    public static LayerObjective? Of(IReadOnlyList<LayerMoments> readers, double[] weights)
    {
        if (!AreEnough(readers))
            return null;
        var first = readers[0].Seen;
        var (best, hessians) = (new double[weights.Length], new double[first.Groups][]);
        var length = first.OutputsOfGroup * first.Columns;
        for (var group = 0; group < first.Groups; group++)
        {
            if (Of(readers, group, weights.AsSpan(group * length, length), best.AsSpan(group * length, length)) is not { } hessian)
                return null;
            hessians[group] = hessian;
        }

        return new(first.Columns, hessians, best);
    }

    /// <summary>Whether a fit can follow from what was seen; its sums are then complete.</summary>
    public static bool AreEnough(IReadOnlyList<LayerMoments> readers)
    {
        foreach (var reader in readers)
            reader.Seen.SumUp();
        return readers.All(reader => reader.Seen.IsUsable && reader.Seen.Count >= 2);
    }

    private static double[]? Of(IReadOnlyList<LayerMoments> readers, int group, ReadOnlySpan<double> weights, Span<double> best)
    {
        var size = readers[0].Seen.Columns;
        var (squares, goals) = (new double[size * size], new double[weights.Length]);
        var all = readers.Sum(reader => reader.Seen.Count);
        foreach (var reader in readers)
        {
            reader.AddSquares(group, all, squares);
            reader.AddProducts(group, all, goals);
        }

        var ridge = Ridge * Trace(squares, size) / size;
        if (!double.IsFinite(ridge))
            return null;
        ridge = ridge > 0 ? ridge : 1;
        for (var i = 0; i < size; i++)
            squares[(i * size) + i] += ridge;
        TensorPrimitives.MultiplyAdd(weights, ridge, goals, goals);
        if (InverseFactor.Of(squares, size) is not { } factor)
            return null;
        for (var start = 0; start < goals.Length; start += size)
            Multiply(goals.AsSpan(start, size), factor, size, best.Slice(start, size));
        return squares;
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

    private static double Trace(double[] matrix, int size)
    {
        var trace = 0.0;
        for (var i = 0; i < size; i++)
            trace += matrix[(i * size) + i];
        return trace;
    }
}
