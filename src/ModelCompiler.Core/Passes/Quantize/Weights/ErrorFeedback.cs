using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>
/// Rounds the weights of an output channel one after the other, and lets those still to come make up for the error of each, as far as their
/// factors go together (GPTQ; Frantar et al., 2022, arXiv:2210.17323).
/// </summary>
/// <remarks>With H = E[x·xᵀ] + λ·mean(diag)·I and H⁻¹ = Uᵀ·U: e = (w_i − q_i) / U_ii, then w_j −= e·U_ij for j &gt; i. A factor of 2 in H cancels out.</remarks>
/// <param name="gram">Of the layer that the weights belong to.</param>
internal sealed class ErrorFeedback(GramMatrix gram)
{
    private readonly double[]?[] _factors = [.. gram.Products.Select((_, group) => InverseFactor.Of(gram.Damped(group), gram.Columns))];

    /// <summary>False where the samples say nothing of a group: its matrix has no inverse.</summary>
    public bool Knows(int group) => _factors[group] is not null;

    /// <param name="weights">In steps of the channel's scale.</param>
    /// <param name="limits">The integers to use.</param>
    /// <param name="group">The group of the channel.</param>
    public double[] Round(double[] weights, IntegerLimits limits, int group)
    {
        var factor = _factors[group]!;
        var size = weights.Length;
        var (left, rounded) = (weights.ToArray(), new double[size]);
        for (var i = 0; i < size; i++)
        {
            rounded[i] = weights[i] == 0 ? 0 : limits.Nearest(i, left[i]); // a pruned weight stays so
            var error = (left[i] - rounded[i]) / factor[(i * size) + i];
            var rest = left.AsSpan(i + 1);
            TensorPrimitives.MultiplyAdd(factor.AsSpan((i * size) + i + 1, rest.Length), -error, rest, rest);
        }

        return rounded;
    }
}
