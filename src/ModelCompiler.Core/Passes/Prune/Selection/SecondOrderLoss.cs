using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>
/// How far the outputs of a layer move when some of its inputs go and the weights of the others make up for them as well as they can.
/// </summary>
/// <remarks>
/// With H = E[x·xᵀ] and the columns u of a unit: the loss is tr(W_u·(H⁻¹_uu)⁻¹·W_uᵀ); then W −= W_u·(H⁻¹_uu)⁻¹·H⁻¹_u: and H⁻¹ −= H⁻¹_:u·(H⁻¹_uu)⁻¹·H⁻¹_u:
/// (optimal brain surgeon, Hassibi and Stork 1993, for blocks of weights).
/// </remarks>
internal sealed class SecondOrderLoss : IChannelLoss
{
    private readonly int _columns;
    private readonly int _outputs;
    private readonly double[] _inverse;
    private readonly double[] _weights;
    private readonly IReadOnlyDictionary<int, int[]> _columnsOf;

    /// <param name="weights">W by rows: outputs × columns.</param>
    /// <param name="inverse">H⁻¹, columns × columns.</param>
    /// <param name="columns">How many weights an output has.</param>
    /// <param name="columnsOf">The columns that belong to each unit.</param>
    public SecondOrderLoss(double[] weights, double[] inverse, int columns, IReadOnlyDictionary<int, int[]> columnsOf)
    {
        (_columns, _outputs) = (columns, weights.Length / columns);
        (_weights, _inverse, _columnsOf) = (weights, inverse, columnsOf);
    }

    public double Of(int unit)
    {
        if (!_columnsOf.TryGetValue(unit, out var columns))
            return 0;
        var block = BlockInverse(columns);
        var row = new double[columns.Length];
        var loss = 0.0;
        for (var output = 0; output < _outputs; output++)
        {
            Take(_weights.AsSpan(output * _columns, _columns), columns, row);
            for (var i = 0; i < columns.Length; i++)
                loss += row[i] * TensorPrimitives.Dot<double>(block.AsSpan(i * columns.Length, columns.Length), row);
        }

        return loss;
    }

    /// <summary>The unit is gone: the weights and what the other units are worth change.</summary>
    public void Remove(int unit)
    {
        if (!_columnsOf.TryGetValue(unit, out var columns))
            return;
        var block = BlockInverse(columns);
        var rows = Array.ConvertAll(columns, column => _inverse.AsSpan(column * _columns, _columns).ToArray());
        Subtract(_weights, columns, block, rows);
        Subtract(_inverse, columns, block, rows);
    }

    /// <summary>M −= M_:u·(H⁻¹_uu)⁻¹·H⁻¹_u:, row by row.</summary>
    private void Subtract(double[] matrix, int[] columns, double[] block, double[][] rows)
    {
        var row = new double[columns.Length];
        for (var start = 0; start < matrix.Length; start += _columns)
        {
            var target = matrix.AsSpan(start, _columns);
            Take(target, columns, row);
            for (var i = 0; i < columns.Length; i++)
            {
                var factor = TensorPrimitives.Dot<double>(block.AsSpan(i * columns.Length, columns.Length), row);
                TensorPrimitives.MultiplyAdd(rows[i], -factor, target, target);
            }
        }
    }

    private static void Take(ReadOnlySpan<double> values, int[] columns, double[] taken)
    {
        for (var i = 0; i < columns.Length; i++)
            taken[i] = values[columns[i]];
    }

    /// <summary>(H⁻¹_uu)⁻¹; all zeros where rounding has left nothing of it, which makes the unit free.</summary>
    private double[] BlockInverse(int[] columns)
    {
        var size = columns.Length;
        var block = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                block[(i * size) + j] = _inverse[(columns[i] * _columns) + columns[j]];
        }

        return SymmetricInverse.Of(block, size) ?? new double[size * size];
    }
}
