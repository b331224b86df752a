using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>
/// Decides on a layer's zeros block by block, and lets the weights still to come make up for each that went (SparseGPT; Frantar and Alistarh, 2023,
/// arXiv:2301.00774).
/// </summary>
/// <remarks>With H⁻¹ = Uᵀ·U: a weight costs (w_i/U_ii)²; where it goes, e = w_i/U_ii and w_j −= e·U_ij for j &gt; i.</remarks>
internal sealed class SecondOrderSelection : IWeightSelection
{
    public SparseWeights Choose(LayerObjective objective, bool[] already, IZeroPattern pattern, int kernel)
    {
        var blocks = pattern.Blocks(objective.Columns, kernel);
        var order = new ColumnOrder([.. blocks.SelectMany(block => block)], objective.Columns);
        var factors = Array.ConvertAll(objective.Hessians, hessian => InverseFactor.Of(order.OfSquare(hessian), objective.Columns));
        if (factors.Contains(null))
            return new MagnitudeSelection().Choose(objective, already, pattern, kernel);

        var row = new Rows(objective.Columns, order.Of(objective.Best), order.Of(already), factors!);
        var (start, left, taken) = (0, row.Already.Count(zero => !zero), 0);
        foreach (var block in blocks)
        {
            var scores = row.Scores(start, block.Length);
            var free = scores.Count(score => score >= 0);
            var budget = new ZeroBudget(free, scores.Length - free, left, taken);
            var chosen = pattern.Within(budget).Choose(scores, block.Length, 1);
            row.Remove(chosen, start, block.Length);
            (start, left) = (start + block.Length, left - free);
            taken += chosen.Count(zero => zero) - budget.Already;
        }

        return new(order.Back(row.Weights), order.Back(row.Zeros));
    }

    /// <summary>The weights of all outputs on the way to their zeros, columns in the order of the blocks.</summary>
    private sealed record Rows(int Columns, double[] Weights, bool[] Already, double[][] Factors)
    {
        private readonly int _outputs = Weights.Length / Columns;

        public bool[] Zeros { get; } = new bool[Weights.Length];

        public double[] Scores(int start, int width)
        {
            var scores = new double[_outputs * width];
            for (var i = 0; i < scores.Length; i++)
            {
                var (output, column) = (i / width, start + (i % width));
                var place = (output * Columns) + column;
                var cost = Weights[place] / FactorOf(output)[(column * Columns) + column];
                scores[i] = Already[place] ? -1 : cost * cost;
            }

            return scores;
        }

        public void Remove(bool[] chosen, int start, int width) => Parallel.For(0, _outputs, output =>
        {
            var weights = Weights.AsSpan(output * Columns, Columns);
            var factor = FactorOf(output);
            for (var column = start; column < start + width; column++)
            {
                if (!chosen[(output * width) + column - start])
                    continue;
                var behind = factor.AsSpan((column * Columns) + column + 1, Columns - column - 1);
                var error = weights[column] / factor[(column * Columns) + column];
                TensorPrimitives.MultiplyAdd(behind, -error, weights[(column + 1)..], weights[(column + 1)..]);
                (weights[column], Zeros[(output * Columns) + column]) = (0, true);
            }
        });

        private double[] FactorOf(int output) => Factors[output * Factors.Length / _outputs];
    }
}
