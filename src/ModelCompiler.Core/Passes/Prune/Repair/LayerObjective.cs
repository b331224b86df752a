using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>
/// What a layer loses with other weights than its best: Σ (w − w*)·H·(w − w*)ᵀ over its outputs, the mean square by which they move.
/// </summary>
/// <param name="Columns">d: how many weights an output has.</param>
/// <param name="Hessians">H of each group, d×d and positive definite: how the inputs go together.</param>
/// <param name="Best">w* of each output, outputs × d: the weights that come closest to the targets.</param>
internal sealed record LayerObjective(int Columns, double[][] Hessians, double[] Best)
{
    public int Outputs => Best.Length / Columns;

    /// <summary>H of the group that an output belongs to.</summary>
    public double[] HessianOf(int output) => Hessians[output * Hessians.Length / Outputs];

    /// <summary>Of all outputs together.</summary>
    public double LossOf(double[] weights)
    {
        var losses = new double[Outputs];
        Parallel.For(0, losses.Length, output =>
        {
            var (start, hessian) = (output * Columns, HessianOf(output));
            var error = new double[Columns];
            TensorPrimitives.Subtract<double>(weights.AsSpan(start, Columns), Best.AsSpan(start, Columns), error);
            for (var row = 0; row < Columns; row++)
                losses[output] += error[row] * TensorPrimitives.Dot<double>(hessian.AsSpan(row * Columns, Columns), error);
        });
        return losses.Sum();
    }
}
