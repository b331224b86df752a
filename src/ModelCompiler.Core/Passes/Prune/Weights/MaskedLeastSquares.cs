using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>The best weights of a layer when some of them are zero: for each output, w_s = w*·H_:s·(H_ss)⁻¹ over the columns s that stay.</summary>
internal static class MaskedLeastSquares
{
    /// <param name="objective">What is to be least.</param>
    /// <param name="zeros">True for each weight that is zero, outputs × columns.</param>
    public static double[] Solve(LayerObjective objective, bool[] zeros)
    {
        var weights = new double[zeros.Length];
        Parallel.For(0, objective.Outputs, output =>
        {
            var start = output * objective.Columns;
            int[] kept = [.. Enumerable.Range(0, objective.Columns).Where(column => !zeros[start + column])];
            var solved = Solve(objective.HessianOf(output), objective.Best.AsSpan(start, objective.Columns), kept);
            for (var i = 0; i < kept.Length; i++)
                weights[start + kept[i]] = solved[i];
        });
        return weights;
    }

    private static double[] Solve(double[] hessian, ReadOnlySpan<double> best, int[] kept)
    {
        var size = kept.Length;
        var part = new double[size * size];
        var goal = new double[size];
        for (var i = 0; i < size; i++)
        {
            var row = hessian.AsSpan(kept[i] * best.Length, best.Length);
            goal[i] = TensorPrimitives.Dot(row, best);
            for (var j = 0; j < size; j++)
                part[(i * size) + j] = row[kept[j]];
        }

        if (Cholesky.Decompose(part, size))
            Cholesky.Solve(part, size, goal);
        else
            throw new InvalidOperationException("The part of a positive definite matrix is positive definite.");
        return goal;
    }
}
