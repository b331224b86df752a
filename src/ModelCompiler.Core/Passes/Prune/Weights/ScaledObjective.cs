using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>A layer whose inputs are scaled so that each counts the same: diag(H) = 1, and weights carry what was taken from the inputs.</summary>
internal sealed class ScaledObjective
{
    private readonly LayerObjective _objective;
    private readonly double[][] _scales;
    private readonly double[][] _hessians;
    private readonly double[] _goals;

    private ScaledObjective(LayerObjective objective, double[][] scales)
    {
        (_objective, _scales) = (objective, scales);
        var size = objective.Columns;
        _hessians = [.. objective.Hessians.Select((hessian, group) => hessian.Select((value, i) => value / scales[group][i / size] / scales[group][i % size]).ToArray())];
        Best = [.. objective.Best.Select((weight, i) => weight * ScalesOf(i / size)[i % size])];
        _goals = Multiply(Best, _hessians);
    }

    /// <summary>The weights that come closest to the targets.</summary>
    public double[] Best { get; }

    /// <summary>Null where H is not positive definite.</summary>
    public static ScaledObjective? Of(LayerObjective objective)
    {
        var size = objective.Columns;
        var diagonals = Array.ConvertAll(objective.Hessians, hessian => Enumerable.Range(0, size).Select(i => hessian[(i * size) + i]).ToArray());
        return diagonals.All(diagonal => Array.TrueForAll(diagonal, value => value > 0 && double.IsFinite(value)))
            ? new(objective, Array.ConvertAll(diagonals, diagonal => Array.ConvertAll(diagonal, Math.Sqrt)))
            : null;
    }

    /// <summary>(H + ρ·I)⁻¹ of each group; null where one has none.</summary>
    public double[][]? Inverses(double penalty)
    {
        var inverses = new double[_hessians.Length][];
        for (var group = 0; group < inverses.Length; group++)
        {
            var penalized = (double[])_hessians[group].Clone();
            for (var i = 0; i < penalized.Length; i += _objective.Columns + 1)
                penalized[i] += penalty;
            if (SymmetricInverse.Of(penalized, _objective.Columns) is not { } inverse)
                return null;
            inverses[group] = inverse;
        }

        return inverses;
    }

    /// <summary>The weights of least loss that also stay near others: (H·W* − V + ρ·Z)·(H + ρ·I)⁻¹.</summary>
    public double[] Solve(double[] near, double[] pull, double penalty, double[][] inverses)
    {
        var goals = new double[near.Length];
        for (var i = 0; i < goals.Length; i++)
            goals[i] = _goals[i] - pull[i] + (penalty * near[i]);
        return Multiply(goals, inverses);
    }

    /// <summary>For the inputs as they are.</summary>
    public double[] Unscale(double[] weights) => [.. weights.Select((weight, i) => weight / ScalesOf(i / _objective.Columns)[i % _objective.Columns])];

    private double[] ScalesOf(int output) => _scales[output * _scales.Length / _objective.Outputs];

    /// <summary>The rows of each group times its symmetric matrix, in float32: what is rounded off is less than what the next step changes.</summary>
    private double[] Multiply(double[] rows, double[][] matrices)
    {
        const int Together = 16;
        var (size, outputs) = (_objective.Columns, _objective.Outputs / matrices.Length);
        var result = new double[rows.Length];
        for (var group = 0; group < matrices.Length; group++)
        {
            var (matrix, first) = (Floats(matrices[group]), group * outputs);
            Parallel.For(0, (outputs + Together - 1) / Together, part =>
            {
                var start = part * Together;
                var count = Math.Min(Together, outputs - start);
                var (from, length) = ((first + start) * size, count * size);
                RowProducts.AddAll(Floats(rows.AsSpan(from, length)), count, matrix, size, size, size, result.AsSpan(from, length));
            });
        }

        return result;
    }

    private static float[] Floats(ReadOnlySpan<double> values)
    {
        var floats = new float[values.Length];
        TensorPrimitives.ConvertTruncating(values, floats);
        return floats;
    }
}
